using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>A center that theory knows: who comes, who serves, how many may wait and for how long. Handling times are a minute on average.</summary>
internal sealed record TheoryQueue
{
    public const double HandlingSeconds = 60;

    /// <summary>As textbooks call it, such as M/M/n.</summary>
    public required string Model { get; init; }
    public required int Agents { get; init; }

    /// <summary>Work that arrives, per agent.</summary>
    public required double Load { get; init; }

    /// <summary>Mean patience, exponentially distributed; infinite: nobody gives up.</summary>
    public double PatienceSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>How many may wait; null: everybody.</summary>
    public int? Room { get; init; }

    /// <summary>Standard deviation of the handling time over its mean: 0 is always the same, 1 is exponential, others are lognormal.</summary>
    public double Variation { get; init; } = 1;

    /// <summary>What part of the arrivals each priority class is, the highest first.</summary>
    public ImmutableArray<double> Classes { get; init; } = [1];

    /// <summary>Served after so long is served in time.</summary>
    public double WithinSeconds { get; init; }

    public double OfferedLoad => Load * Agents;

    /// <summary>With so many agents the queue does not grow without end.</summary>
    public bool IsStableWith(int agents) => OfferedLoad < agents || Room is not null || double.IsFinite(PatienceSeconds);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Model}, n = {Agents}, load {Load}")
        + (Room is > 0 and var room ? $", room for {room}" : "")
        + (double.IsInfinity(PatienceSeconds) ? "" : string.Create(CultureInfo.InvariantCulture, $", patience {PatienceSeconds} s"))
        + (Variation is 0 or 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", variation {Variation}"));

    /// <summary>
    /// Handling times after which all but a share of 1/e is forgotten of how things began. Agents in service forget in one. While all are
    /// busy the line is that of M/M/1/K at n times the pace, which forgets at the rate nμ + λ − 2√(nμλ)·cos(π/(K + 2)). With
    /// patience everything is forgotten at least at the rate of the slower of service and hanging up.
    /// </summary>
    public double RelaxationTimes
    {
        get
        {
            if (double.IsFinite(PatienceSeconds)) return Math.Max(1, PatienceSeconds / HandlingSeconds);
            var nearest = Room is { } room ? Math.Cos(Math.PI / (room + 2)) : 1;
            var line = 1 / (Agents + OfferedLoad - (2 * Math.Sqrt(Agents * OfferedLoad) * nearest));
            return 1 + (line * Math.Max(1, (1 + (Variation * Variation)) / 2));
        }
    }

    /// <summary>Handling times until figures begin: it is empty at first, and what is left of that is a thousandth or less of what is measured.</summary>
    public double WarmUpTimes => double.IsFinite(PatienceSeconds) ? 8 * RelaxationTimes : 4 + (4 * RelaxationTimes);

    /// <param name="minutes">Measured, after the warm-up.</param>
    public Scenario ToScenario(double minutes)
    {
        // Those who wait in low classes when arrivals end are overtaken by nobody any more. So their figures end before the arrivals do.
        var rest = Classes.Length > 1 ? WarmUpTimes : 0;
        double[] periods = rest > 0 ? [WarmUpTimes + minutes, rest] : [WarmUpTimes + minutes];
        var perHour = OfferedLoad * 3600 / HandlingSeconds;
        return Scenario.Parse(JsonSerializer.Serialize(new
        {
            name = Name,
            start = "2026-03-02T00:00",
            periods = periods.Select(period => new { minutes = period }),
            warmUpMinutes = WarmUpTimes,
            withinSeconds = WithinSeconds,
            types = Classes.Select((share, i) => new Dictionary<string, object?>
            {
                ["name"] = $"class-{i + 1}",
                ["channel"] = "phone",
                ["queue"] = "all",
                ["class"] = Classes.Length - 1 - i,
                ["arrivals"] = new { process = "poisson", perHour = perHour * share },
                ["service"] = Service,
                ["patience"] = double.IsInfinity(PatienceSeconds) ? null : new { distribution = "exponential", mean = PatienceSeconds },
            }),
            groups = new[] { new { name = "team", agents = Agents, serves = Classes.Select((_, i) => $"class-{i + 1}") } },
            limits = Room is { } room ? [new { queue = "all", waiting = room }] : Array.Empty<object>(),
        }), ".");
    }

    private object Service => Variation switch
    {
        0 => HandlingSeconds,
        1 => new { distribution = "exponential", mean = HandlingSeconds },
        _ => new { distribution = "lognormal", mean = HandlingSeconds, standardDeviation = HandlingSeconds * Variation },
    };
}
