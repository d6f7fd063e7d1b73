using System.Collections.Immutable;
using System.Globalization;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Simulation.Faults;

namespace RoutingGrid.Simulation.Tests.Faults;

/// <summary>Which faults a run has, how often and until when, as its seed says.</summary>
internal sealed record FaultPlan
{
    private static readonly FaultKinds[] Each = [FaultKinds.Kill, FaultKinds.Split, FaultKinds.Storage, FaultKinds.Observers, FaultKinds.Messages, FaultKinds.Crash];

    public FaultKinds Kinds { get; private init; }

    /// <summary>Nothing goes wrong from here on.</summary>
    public DateTimeOffset Until { get; private init; } = DateTimeOffset.MinValue;

    public JournalFaults Storage { get; private init; } = JournalFaults.None;
    public MessageFaults Messages { get; private init; } = MessageFaults.None;
    public ImmutableArray<DateTimeOffset> CrashesAt { get; private init; } = [];
    public FaultOptions Grains { get; private init; } = new();

    /// <summary>Draws from the kinds that are allowed: in some runs one alone, in some all, in most some. Faults that hide each other
    /// in one run do not in another.</summary>
    public static FaultPlan Draw(SeededRandom random, FaultKinds allowed, DateTimeOffset opensAt, int seconds)
    {
        var kinds = Some(random, [.. Each.Where(kind => allowed.HasFlag(kind))]);
        var until = opensAt.AddSeconds(seconds * (50 + random.Below(45)) / 100);
        var rare = random.Below(2) == 0;
        return new FaultPlan
        {
            Kinds = kinds,
            Until = until,
            Storage = kinds.HasFlag(FaultKinds.Storage) ? DrawStorage(random, rare, until) : JournalFaults.None,
            Messages = kinds.HasFlag(FaultKinds.Messages) ? DrawMessages(random, rare, until) : MessageFaults.None,
            CrashesAt = kinds.HasFlag(FaultKinds.Crash) ? DrawCrashes(random, opensAt, until) : [],
            Grains = new()
            {
                KillsPerMinute = kinds.HasFlag(FaultKinds.Kill) ? Rate(random, rare, 20) : 0,
                SplitsPerMinute = kinds.HasFlag(FaultKinds.Split) ? Rate(random, rare, 6) : 0,
                SplitFor = TimeSpan.FromSeconds(1 + random.Below(60)),
                ObserverDropsPerMinute = kinds.HasFlag(FaultKinds.Observers) ? Rate(random, rare, 4) : 0,
                Until = until,
            },
        };
    }

    public override string ToString()
    {
        if (Kinds == FaultKinds.None) return "nothing goes wrong";
        var what = new List<string>();
        if (Grains.KillsPerMinute > 0) what.Add($"{Grains.KillsPerMinute:0.#} activations a minute are killed");
        if (Grains.SplitsPerMinute > 0) what.Add($"{Grains.SplitsPerMinute:0.#} grains a minute have two activations for {Grains.SplitFor.TotalSeconds:0} s");
        if (Storage != JournalFaults.None)
            what.Add($"of 100 writes and of a router's readings {Storage.Delayed} are late, of 100 writes {Storage.Overloaded} refused, {Storage.Failed} fail and {Storage.Unknown} end unknown");
        if (Grains.ObserverDropsPerMinute > 0) what.Add($"{Grains.ObserverDropsPerMinute:0.#} observers a minute are gone");
        if (Messages != MessageFaults.None) what.Add($"of 100 one-way messages {Messages.Lost} are lost and {Messages.Delayed} late");
        if (!CrashesAt.IsEmpty) what.Add($"the process dies at {string.Join(", ", CrashesAt.Select(at => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture)))}");
        return $"until {Until:HH:mm:ss} {string.Join("; ", what)}";
    }

    private static FaultKinds Some(SeededRandom random, FaultKinds[] allowed)
    {
        if (allowed.Length == 0) return FaultKinds.None;
        if (allowed.Length == 1) return allowed[0];
        return random.Below(8) switch
        {
            0 or 1 => allowed[random.Below(allowed.Length)],
            2 => allowed.Aggregate(static (all, kind) => all | kind),
            3 => random.Below(4) == 0 ? FaultKinds.None : allowed[random.Below(allowed.Length)],
            _ => allowed.Where(_ => random.Below(2) == 0).Aggregate(FaultKinds.None, static (all, kind) => all | kind),
        };
    }

    private static JournalFaults DrawStorage(SeededRandom random, bool rare, DateTimeOffset until)
    {
        int One(int most) => random.Below(3) == 0 ? 0 : 1 + random.Below(rare ? 2 : most);
        return new() { Delayed = One(15), Overloaded = One(10), Failed = One(10), Unknown = 1 + random.Below(rare ? 2 : 12), Longest = TimeSpan.FromSeconds(1 + random.Below(5)), Until = until };
    }

    private static MessageFaults DrawMessages(SeededRandom random, bool rare, DateTimeOffset until) => new()
    {
        Lost = random.Below(rare ? 3 : 15),
        Delayed = 1 + random.Below(rare ? 3 : 15),
        Longest = TimeSpan.FromSeconds(1 + random.Below(30)),
        Until = until,
    };

    private static ImmutableArray<DateTimeOffset> DrawCrashes(SeededRandom random, DateTimeOffset opensAt, DateTimeOffset until)
    {
        var span = (int)(until - opensAt).TotalMilliseconds;
        return [.. Enumerable.Range(0, 1 + random.Below(4)).Select(_ => opensAt.AddMilliseconds(1000 + random.Below(span - 1000))).Order()];
    }

    private static double Rate(SeededRandom random, bool rare, int most) => rare ? (1 + random.Below(10)) / 10.0 : 1 + random.Below(most);
}
