using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Outcomes;

/// <summary>Scenarios that are played in a moment.</summary>
internal static class SmallCenter
{
    /// <summary>Two types, two groups, three half hours.</summary>
    public const string MorningJson =
        """
        {
          "name": "A small morning",
          "start": "2026-03-02T08:00",
          "periods": { "count": 3, "minutes": 30 },
          "types": [
            { "name": "calls", "arrivals": { "process": "poisson", "perHour": [20, 50, 30] }, "service": { "distribution": "exponential", "mean": 240 },
              "patience": { "distribution": "exponential", "mean": 300 }, "withinSeconds": 30 },
            { "name": "chats", "arrivals": { "process": "poisson", "perHour": 15 }, "service": { "distribution": "exponential", "mean": 300 } }
          ],
          "groups": [
            { "name": "front", "agents": [2, 5, 3], "serves": ["calls"] },
            { "name": "mixed", "agents": 2, "serves": ["chats", "calls"] }
          ]
        }
        """;

    public static Scenario Morning() => Scenario.Parse(MorningJson, ".");

    /// <summary>M/M/n: 60 calls an hour of three minutes each, 3 Erlang, nobody gives up; ten hours after an hour of warm-up.</summary>
    public static Scenario ErlangC(int agents, string more = "") => Scenario.Parse(
        $$"""
        {
          "name": "M/M/n",
          "start": "2026-03-02T00:00",
          "periods": { "count": 1, "minutes": 660 },
          "warmUpMinutes": 60,
          "types": [{ "name": "calls", "arrivals": { "process": "poisson", "perHour": 60 }, "service": { "distribution": "exponential", "mean": 180 } }],
          "groups": [{ "name": "lines", "agents": {{agents}}, "serves": ["calls"]{{more}} }]
        }
        """, ".");
}
