using System.Text.Json;
using System.Text.Json.Nodes;

namespace RoutingGrid.Bench.Simulate;

/// <summary>A day as large as is asked for: five types of contacts, agents in five groups who each serve two or three of them, offers that
/// take time to accept and sometimes ring out, breaks, impatient customers, 85 % occupancy.</summary>
internal static class BigDay
{
    private const int Hours = 24;
    private const double Occupancy = 0.85;
    private static readonly string[] Types = ["chats", "mails", "comments", "mentions", "messages"];

    public static string Json(int agents, int cases) => JsonSerializer.Serialize(new JsonObject
    {
        ["name"] = $"A day of {agents} agents and {cases} cases",
        ["start"] = "2026-03-02T00:00",
        ["periods"] = new JsonObject { ["count"] = Hours, ["minutes"] = 60 },
        ["types"] = new JsonArray([.. Types.Select(type => Type(type, cases, agents))]),
        ["groups"] = new JsonArray([.. Types.Select((_, group) => Group(group, agents))]),
    });

    private static JsonObject Type(string name, int cases, int agents) => new()
    {
        ["name"] = name,
        ["arrivals"] = new JsonObject { ["process"] = "poisson", ["perHour"] = cases / (double)Types.Length / Hours },
        ["service"] = new JsonObject { ["distribution"] = "lognormal", ["mean"] = Handling(cases, agents), ["standardDeviation"] = Handling(cases, agents) },
        ["patience"] = new JsonObject { ["distribution"] = "exponential", ["mean"] = 600 },
    };

    private static JsonObject Group(int number, int agents) => new()
    {
        ["name"] = $"group-{number + 1}",
        ["agents"] = (agents / Types.Length) + (number < agents % Types.Length ? 1 : 0),
        ["serves"] = new JsonArray(Types[number], Types[(number + 1) % Types.Length], Types[(number + 2) % Types.Length]),
        ["accept"] = new JsonObject { ["distribution"] = "exponential", ["mean"] = 4 },
        ["ringOutProbability"] = 0.01,
        ["ringOutPause"] = 120,
        ["breaks"] = new JsonArray(new JsonObject { ["everyMinutes"] = new JsonObject { ["distribution"] = "exponential", ["mean"] = 180 }, ["minutes"] = 15 }),
    };

    private static double Handling(int cases, int agents) => Occupancy * agents * Hours * 3600 / cases;
}
