using System.Collections.Immutable;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

/// <summary>The month through the real grains: against a simple simulation without any grain, against itself, and against the invariants.</summary>
public sealed class GrainReplayTests(ITestOutputHelper output)
{
    /// <summary>Without two things in the same instant there is only one right outcome, and the grains find it, call by call.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(45)]
    public void Every_call_ends_as_in_the_reference_when_no_two_things_happen_at_once(int wrapUp)
    {
        var plan = Apart(BankText.Plan(RealMonth.Get(), seed: 3, wrapUp));
        var expected = ReferenceCallCenter.Play(plan).ToDictionary(call => call.Call.Line);
        var played = Play(plan);
        var different = played.Where(call => expected[call.Call.Line] != call).ToList();
        Assert.True(different.Count == 0,
            $"{different.Count} of {played.Count} calls ended otherwise: {string.Join("; ", different.Take(5).Select(call => $"{call.Call.Id} {call.Wait} by {call.ServedBy}, not {expected[call.Call.Line].Wait} by {expected[call.Call.Line].ServedBy}"))}");
    }

    [Fact]
    public void The_same_seed_writes_the_same_journal_and_another_one_does_not()
    {
        var month = RealMonth.Get();
        string[] hashes = [.. new ulong[] { 5, 5, 6 }.Select(seed => ReplayRunner.Play(Week(month, seed), 0, TimeProvider.System).JournalHash)];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void Every_invariant_holds_in_twenty_seeds()
    {
        var month = RealMonth.Get();
        var results = new ReplayResult[20];
        var violations = new IReadOnlyList<Violation>[20];
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var plan = BankText.Plan(month, seed: (ulong)i + 1, wrapUp: i % 4 * 20);
            results[i] = ReplayRunner.Play(plan, 0, TimeProvider.System, inspect: journal =>
                violations[i] = JournalAudit.Of(journal, TimeSpan.Zero).GetAwaiter().GetResult().Violations);
        });
        foreach (var result in results) output.WriteLine(ReplayJson.Line(result));
        Assert.All(violations, found => Assert.Empty(found));
        Assert.Equal(20, results.Select(result => result.JournalHash).Distinct().Count());
        Assert.All(results, result => Assert.Equal(result.Plan.Calls.Length, result.Replayed.Total.Served + result.Replayed.Total.Abandoned));
    }

    private static ReplayPlan Week(AnonymousBankMonth month, ulong seed) =>
        ReplayPlan.Build(month, new DateOnly(1999, 1, 17), new DateOnly(1999, 1, 23), seed, TimeSpan.Zero);

    private static List<ReplayedCall> Play(ReplayPlan plan)
    {
        List<ReplayedCall> calls = [];
        ReplayRunner.Play(plan, 0, TimeProvider.System, outcome: played => calls = [.. played]);
        return calls;
    }

    /// <summary>The same plan with every moment moved by some milliseconds of its own.</summary>
    private static ReplayPlan Apart(ReplayPlan plan) => plan with
    {
        Calls = plan.Calls.Select(call => call with
        {
            Arrival = call.Arrival + Ticks(call.Line, 1),
            Service = call.Service + Ticks(call.Line, 2),
            Patience = call.Patience is { } patience ? patience + Ticks(call.Line, 3) : null,
        }).OrderBy(call => call.Arrival).ToImmutableArray(),
        Closing = plan.Closing + TimeSpan.FromSeconds(5),
    };

    // Lines are unique; the three thirds of a millisecond keep the three kinds of moments of all calls apart.
    private static TimeSpan Ticks(int line, int kind) => TimeSpan.FromTicks((line * 30L) + (kind * 7));
}
