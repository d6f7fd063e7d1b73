using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Silo.Erlang;

/// <summary>What so many agents come to. Shares are from 0 to 1 and of all calls, times in seconds.</summary>
internal sealed record Figures
{
    public required int Agents { get; init; }
    public required double ServiceLevel { get; init; }
    public required double ServiceLevelWithoutShortAbandons { get; init; }
    public required double Waits { get; init; }
    public double Abandoned { get; init; }
    public double Blocked { get; init; }
    public required double MeanWait { get; init; }
    public required double MeanWaitOfServed { get; init; }
    public double MeanWaitOfAbandoned { get; init; }
    public required double MeanWaitOfDelayed { get; init; }
    public required double MeanQueueLength { get; init; }
    public required double Occupancy { get; init; }

    /// <exception cref="UnstableLoadException">The queue would grow without end.</exception>
    public static Figures Of(ErlangSettings settings, int agents) => settings.EverybodyStays
        ? Of(new ErlangC(settings.Traffic, agents), agents, settings.Within)
        : Of(new ErlangA(settings.Traffic, agents, settings.Patience ?? double.PositiveInfinity, settings.QueueLimit), agents, settings.Within);

    private static Figures Of(ErlangC queue, int agents, double within) => new()
    {
        Agents = agents,
        ServiceLevel = queue.ServiceLevel(within),
        ServiceLevelWithoutShortAbandons = queue.ServiceLevel(within),
        Waits = queue.Waits,
        MeanWait = queue.MeanWait,
        MeanWaitOfServed = queue.MeanWait,
        MeanWaitOfDelayed = queue.MeanWaitOfDelayed,
        MeanQueueLength = queue.MeanQueueLength,
        Occupancy = queue.Occupancy,
    };

    private static Figures Of(ErlangA queue, int agents, double within) => new()
    {
        Agents = agents,
        ServiceLevel = queue.ServiceLevel(within),
        ServiceLevelWithoutShortAbandons = queue.ServiceLevelWithoutShortAbandons(within),
        Waits = queue.Waits,
        Abandoned = queue.Abandoned,
        Blocked = queue.Blocked,
        MeanWait = queue.MeanWait,
        MeanWaitOfServed = queue.MeanWaitOfServed,
        MeanWaitOfAbandoned = queue.MeanWaitOfAbandoned,
        MeanWaitOfDelayed = queue.MeanWaitOfDelayed,
        MeanQueueLength = queue.MeanQueueLength,
        Occupancy = queue.Occupancy,
    };
}
