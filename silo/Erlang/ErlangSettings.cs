using System.Globalization;
using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Silo.Erlang;

/// <summary>A share of calls, 0 to 1, to be served within so many seconds.</summary>
internal sealed record ServiceTarget(double Share, double WithinSeconds)
{
    /// <summary>As people write it: 80/20. Null: it is not one.</summary>
    public static ServiceTarget? Parse(string text) =>
        text.Split('/') is [var percent, var seconds]
        && double.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 1 and <= 99.99
        && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var within) && within is >= 0 and <= ErlangVerb.Day
            ? new ServiceTarget(share / 100, within)
            : null;
}

/// <summary>What is asked: the figures of so many agents, or the agents that a target takes. Times are in seconds.</summary>
internal sealed record ErlangSettings
{
    public required double Calls { get; init; }
    public required double Interval { get; init; }
    public required double Aht { get; init; }
    public double? Patience { get; init; }
    public int? QueueLimit { get; init; }
    public int? Agents { get; init; }
    public ServiceTarget? Target { get; init; }
    public double? WithinGiven { get; init; }
    public bool Json { get; init; }

    public double Within => Target?.WithinSeconds ?? WithinGiven ?? 20;

    public Traffic Traffic => Traffic.Of(Calls, Interval, Aht);

    /// <summary>Everybody waits as long as it takes: the load must be below the agents.</summary>
    public bool EverybodyStays => Patience is null && QueueLimit is null;

    public string Model => (Patience, QueueLimit) switch
    {
        (null, null) => "Erlang C (M/M/n)",
        (_, 0) => "Erlang B (M/M/n/n)",
        (null, _) => "M/M/n/K",
        (_, null) => "Erlang A (M/M/n+M)",
        _ => "Erlang A with a limit (M/M/n/K+M)",
    };
}
