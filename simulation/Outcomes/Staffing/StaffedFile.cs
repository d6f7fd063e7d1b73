using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes.Staffing;

/// <summary>A scenario's document with another staffing, everything else as it was.</summary>
public static partial class StaffedFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document with these agents and this target.</summary>
    /// <param name="json">A scenario that has been read.</param>
    public static string Of(string json, StaffingTarget target, StaffingPlan plan)
    {
        var root = JsonNode.Parse(json)!;
        root["name"] = Named(root["name"]!.GetValue<string>(), target);
        foreach (var (group, agents) in root["groups"]!.AsArray().Zip(plan.Groups)) group!["agents"] = new JsonArray([.. agents.Select(count => (JsonNode)count)]);
        if (target.Seconds is { } seconds)
            foreach (var type in root["types"]!.AsArray()) type!["withinSeconds"] = seconds;
        return ListOfNumbers().Replace(root.ToJsonString(Indented), list => $"[{Space().Replace(list.Groups[1].Value, " ")}]") + "\n";
    }

    /// <summary>Within what a name may be long.</summary>
    private static string Named(string name, StaffingTarget target)
    {
        var longer = FormattableString.Invariant($"{name}, staffed for {target.Share * 100:0.##} %");
        return longer.Length <= ScenarioLimits.Name ? longer : name;
    }

    // One line for a list of numbers: a line break is in no JSON string.
    [GeneratedRegex(@"\[\r?\n\s*(-?[0-9.eE+-]+(?:,\r?\n\s*-?[0-9.eE+-]+)*)\r?\n\s*\]")]
    private static partial Regex ListOfNumbers();

    [GeneratedRegex(@"\r?\n\s*")]
    private static partial Regex Space();
}
