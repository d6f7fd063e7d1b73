using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// Everything a replay needs, fixed before it starts: who calls when, who works when, and how it went in reality. The same file, days,
/// seed and wrap-up make the same plan.
/// </summary>
public sealed record ReplayPlan
{
    private ReplayPlan() { }

    /// <summary>The first day, by the date of the lines.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>How long an agent is unavailable after each call.</summary>
    public required TimeSpan WrapUp { get; init; }

    /// <summary>In the order of arrival, then of lines.</summary>
    public required ImmutableArray<PlannedCall> Calls { get; init; }

    /// <summary>Those with a shift in these days, by name.</summary>
    public required ImmutableArray<PlannedAgent> Agents { get; init; }

    /// <summary>The types of <see cref="Calls"/>, in alphabetical order.</summary>
    public required ImmutableArray<string> Types { get; init; }

    /// <summary>What really happened to <see cref="Calls"/>.</summary>
    public required CenterStatistics Recorded { get; init; }

    /// <summary>The first arrival or start of a shift.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Nobody is served after this moment: the end of the last shift, or the last arrival if that is later.</summary>
    public required DateTimeOffset Closing { get; init; }

    /// <summary>
    /// When a caller gives up who is not served before: at the end of their patience. Who has no end of it waits through the night for
    /// the next shift, and hangs up at the closing if there is none.
    /// </summary>
    public DateTimeOffset HangsUpAt(PlannedCall call) => call.Patience is { } patience ? call.Arrival + patience : Closing;

    /// <param name="file">A whole month: skills, patience and drawn services come from all of it.</param>
    /// <param name="from">The first day to replay; null: the file's first.</param>
    /// <param name="to">The last day to replay, included; null: the file's last.</param>
    /// <param name="seed">For the patience of those who were served and the service of those who hung up.</param>
    /// <param name="wrapUp">Zero or more.</param>
    /// <exception cref="ReplayFileException">No call of these days counts; the message says which days the file has.</exception>
    public static ReplayPlan Build(AnonymousBankMonth file, DateOnly? from, DateOnly? to, ulong seed, TimeSpan wrapUp)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wrapUp, TimeSpan.Zero);
        var month = file.Calls.Where(CountingRules.Counts).ToList();
        if (month.Count == 0)
            throw new ReplayFileException(
                $"The file has no call to replay: {file.Calls.Length} lines were read and {file.BadLines.Length} are bad.");
        var (first, last) = (from ?? month.Min(call => call.Date), to ?? month.Max(call => call.Date));
        var chosen = month.Where(call => call.Date >= first && call.Date <= last).ToList();
        if (chosen.Count == 0) throw NothingBetween(first, last, month);
        var draws = new CallerDraws(month, seed);
        var agents = Staffing.Agents(file.Calls, first, last);
        ImmutableArray<string> types = [.. chosen.Select(call => call.Type).Distinct().Order(StringComparer.Ordinal)];
        var calls = chosen.Select(call => Planned(call, draws)).OrderBy(call => call.Arrival).ThenBy(call => call.Line).ToImmutableArray();
        return new ReplayPlan
        {
            From = first,
            To = last,
            Seed = seed,
            WrapUp = wrapUp,
            Calls = calls,
            Agents = agents,
            Types = types,
            Start = agents.Select(agent => agent.Shifts[0].Start).Append(calls[0].Arrival).Min(),
            Closing = agents.Select(agent => agent.Shifts[^1].End).Append(calls[^1].Arrival).Max(),
            Recorded = CenterTally.Recorded(chosen, agents, types),
        };
    }

    private static PlannedCall Planned(CallRecord call, CallerDraws draws) => new()
    {
        Line = call.Line,
        Type = call.Type,
        Priority = call.Priority,
        Credit = CountingRules.Credit(call),
        Arrival = CountingRules.Arrival(call),
        RecordedWait = call.QueueTime,
        RecordedServed = call.Outcome == RecordedOutcome.Served,
        Service = draws.ServiceOf(call),
        Patience = draws.PatienceOf(call),
    };

    private static ReplayFileException NothingBetween(DateOnly from, DateOnly to, List<CallRecord> month) => new(
        $"There is no call to replay from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: the file covers "
        + $"{month.Min(call => call.Date):yyyy-MM-dd} to {month.Max(call => call.Date):yyyy-MM-dd}. Choose --from and --to within it.");
}
