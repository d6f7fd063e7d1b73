using System.Text.Json.Nodes;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>A small valid scenario, and changes to it.</summary>
internal static class ScenarioText
{
    public const string Valid = """
        {
          "name": "small",
          "start": "2026-03-02T08:00",
          "periods": { "count": 2, "minutes": 60 },
          "types": [
            {
              "name": "calls",
              "arrivals": { "process": "poisson", "perHour": 60 },
              "service": { "distribution": "exponential", "mean": 100 }
            },
            { "name": "mails", "arrivals": { "process": "poisson", "perHour": [10, 20] }, "service": 30, "patience": 400 }
          ],
          "groups": [{ "name": "team", "agents": [3, 4], "serves": ["calls", "mails"] }]
        }
        """;

    public static Scenario Parse(string json) => Scenario.Parse(json, AppContext.BaseDirectory);

    /// <summary>The small one with this value at these paths, such as <c>types[0].service</c>.</summary>
    public static Scenario With(params (string Path, string? Json)[] changes)
    {
        var json = Valid;
        foreach (var (path, value) in changes) json = Change(json, path, value);
        return Parse(json);
    }

    /// <summary>Another value at a path; null: none.</summary>
    public static string Change(string document, string path, string? json)
    {
        var root = JsonNode.Parse(document)!;
        var at = root;
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        foreach (var step in steps[..^1]) at = step[0] == '[' ? at![int.Parse(step[1..^1])] : at![step];
        var value = json is null ? null : JsonNode.Parse(json);
        if (steps[^1][0] == '[') at!.AsArray()[int.Parse(steps[^1][1..^1])] = value;
        else if (json is null) at!.AsObject().Remove(steps[^1]);
        else at!.AsObject()[steps[^1]] = value;
        return root.ToJsonString();
    }
}
