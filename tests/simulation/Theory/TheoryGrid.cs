using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>The centers that are compared, and how much of each is played.</summary>
internal static class TheoryGrid
{
    private static readonly int[] Sizes = [5, 10, 20, 50, 100, 200, 500];
    private static readonly double[] Loads = [0.7, 0.8, 0.9, 0.95, 1, 1.1];

    /// <summary>Named in the environment: every size at every load, and twice as long.</summary>
    public static bool Full => Environment.GetEnvironmentVariable("ROUTINGGRID_THEORY") == "full";

    public static ImmutableArray<TheoryQueue> Queues =>
        [.. (Full ? Whole : Part).Concat(OtherServices).Select(queue => queue with { WithinSeconds = KnownFigures.TellingTime(queue) })];

    /// <summary>Every size at every load at which there is a steady state.</summary>
    public static IEnumerable<TheoryQueue> Whole =>
        from model in new[] { Delay, Patience, Room, Both, Loss, Priorities }
        from size in Sizes
        from load in Loads
        let queue = model(size, load)
        where queue.IsStableWith(size)
        select queue;

    /// <summary>In large centers a replication is long enough with fewer of them, and each spends its warm-up again.</summary>
    public static int Replications(TheoryQueue queue) => queue.Agents >= 200 ? 10 : 20;

    /// <summary>Contacts of all replications that are measured: more where a state lasts longer, for the intervals need means of many states.</summary>
    public static double Contacts(TheoryQueue queue) => Math.Max(20_000, 200 * queue.RelaxationTimes * queue.OfferedLoad) * (Full ? 2 : 1);

    private static IEnumerable<TheoryQueue> Part =>
    [
        .. Each(Delay, (5, 0.7), (5, 0.8), (10, 0.7), (10, 0.8), (20, 0.8), (50, 0.85), (100, 0.9), (200, 0.9), (500, 0.93)),
        .. Each(Patience, (5, 0.7), (5, 1.1), (10, 0.9), (20, 0.8), (20, 1), (50, 0.9), (50, 1.1), (100, 1), (200, 1.1), (500, 1)),
        .. Each(Room, (5, 0.7), (5, 1), (10, 0.8), (10, 1.1), (20, 0.9), (50, 0.9), (50, 1.1), (100, 1), (200, 0.9), (500, 1.1)),
        .. Each(Both, (5, 0.8), (5, 1.1), (10, 1), (20, 0.9), (50, 1), (100, 0.9), (100, 1.1), (200, 1), (500, 1)),
        .. Each(Loss, (5, 0.7), (5, 1.1), (10, 0.9), (20, 0.7), (20, 1), (50, 0.9), (100, 1.1), (200, 1), (500, 0.9)),
        .. Each(Priorities, (5, 0.7), (20, 0.8), (100, 0.9)),
    ];

    /// <summary>Handling times that are not exponential.</summary>
    private static IEnumerable<TheoryQueue> OtherServices =>
    [
        Delay(1, 0.7) with { Model = "M/D/1", Variation = 0 },
        Delay(1, 0.8) with { Model = "M/D/1", Variation = 0 },
        Delay(1, 0.7) with { Model = "M/G/1", Variation = 0.5 },
        Delay(1, 0.6) with { Model = "M/G/1", Variation = 1.5 },
        Loss(5, 0.9) with { Model = "M/G/n/n", Variation = 1.5 },
        Loss(20, 0.9) with { Model = "M/G/n/n", Variation = 0.5 },
        Loss(100, 1) with { Model = "M/G/n/n", Variation = 1.5 },
    ];

    private static TheoryQueue Delay(int agents, double load) => new() { Model = "M/M/n", Agents = agents, Load = load };

    private static TheoryQueue Patience(int agents, double load) =>
        new() { Model = "M/M/n+M", Agents = agents, Load = load, PatienceSeconds = agents % 20 == 0 ? 60 : 90 };

    private static TheoryQueue Room(int agents, double load) => new() { Model = "M/M/n/K", Agents = agents, Load = load, Room = (int)Math.Sqrt(agents) };

    private static TheoryQueue Both(int agents, double load) =>
        new() { Model = "M/M/n/K+M", Agents = agents, Load = load, Room = (int)Math.Sqrt(agents), PatienceSeconds = 30 };

    private static TheoryQueue Loss(int agents, double load) => new() { Model = "M/M/n/n", Agents = agents, Load = load, Room = 0 };

    private static TheoryQueue Priorities(int agents, double load) =>
        new() { Model = "M/M/n, two classes", Agents = agents, Load = load, Classes = [0.4, 0.6] };

    private static IEnumerable<TheoryQueue> Each(Func<int, double, TheoryQueue> model, params (int Agents, double Load)[] cells) =>
        cells.Select(cell => model(cell.Agents, cell.Load));
}
