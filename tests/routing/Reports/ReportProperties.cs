using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Tests.Cases;
using RoutingGrid.Routing.Tests.Matching;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Reports;

/// <summary>Whatever happens to cases and agents, reports add up.</summary>
public sealed class ReportProperties
{
    private static readonly string[] Activities = ["available", "break", "offline", "training"];

    private static readonly Gen<(Want[] Wants, int Shift)> Histories =
        from wants in RandomCase.Histories
        from shift in Gen.Choose(-6000, 6000)
        select (wants, shift);

    [Fact]
    public void Intervals_add_up_to_their_day_and_queues_to_what_the_events_say() => Law.Holds(Histories, history =>
    {
        var (fold, events, now) = Play(history.Wants, history.Shift);
        foreach (var minutes in new[] { 15, 30, 60 })
        {
            var rows = fold.Queues(Spans(TimeSpan.FromMinutes(minutes)), now);
            foreach (var whole in fold.Queues(Spans(null), now))
            {
                var parts = rows.Where(row => row.Queue == whole.Queue && row.Span.Date == whole.Span.Date).ToList();
                Assert.Equal(whole.Counts, parts.Aggregate(default(QueueCounts), (sum, row) => sum + row.Counts));
                Assert.Equal(whole.LongestWaitMs, parts.Max(row => row.LongestWaitMs));
            }
        }
        var all = fold.Queues(Spans(null), now).Aggregate(default(QueueCounts), (sum, row) => sum + row.Counts);
        Assert.Equal(events.OfType<CaseOpened>().Count(), all.Arrived);
        Assert.Equal(events.OfType<CaseClosed>().Count(), all.Closed);
        Assert.Equal(all.TransferredIn, all.TransferredOut);
        Assert.InRange(all.Assigned + all.Abandoned, 0, all.Arrived);
        Assert.InRange(all.AssignedInTime, 0, all.Assigned);
        Assert.InRange(all.Handled, 0, all.Closed);
    }, tests: 300);

    [Fact]
    public void Offers_have_one_end_or_are_open() => Law.Holds(Histories, history =>
    {
        var (fold, events, now) = Play(history.Wants, history.Shift);
        var state = events.Aggregate(CaseState.None, CaseFold.Evolve);
        var days = fold.Agents(Spans(null), now);
        foreach (var agent in days.GroupBy(day => day.Agent))
        {
            var sum = agent.Aggregate(default(AgentCounts), (sum, day) => sum + day.Counts);
            Assert.Equal(events.OfType<CaseOffered>().Count(offered => offered.AgentId == agent.Key), sum.Offers);
            Assert.Equal(state.Offers.Count(offer => offer.AgentId == agent.Key), sum.Open);
            Assert.All(agent, day => Assert.True(day.Counts.Open >= 0));
        }
    }, tests: 300);

    [Fact]
    public void What_agents_handled_is_what_queues_handled_once_everything_is_closed() => Law.Holds(Histories, history =>
    {
        var (fold, events, now) = Play(history.Wants, history.Shift);
        var state = events.Aggregate(CaseState.None, CaseFold.Evolve);
        if (state.IsOpen) fold.OfCase("c1", new CaseClosed { At = DateTimeOffset.FromUnixTimeMilliseconds(now), Kind = CloseKind.Bulk });
        Assert.Equal(
            fold.Queues(Spans(null), now).Sum(row => row.Counts.HandlingMs),
            fold.Agents(Spans(null), now).Sum(row => row.Counts.HandlingMs));
    }, tests: 300);

    [Fact]
    public void Times_of_activities_add_up_to_the_time_signed_in() => Law.Holds(RandomCase.Histories, wants =>
    {
        var fold = new ReportFold();
        var (state, at, signedIn) = (AgentState.None, Noon, TimeSpan.Zero);
        foreach (var want in wants)
        {
            var next = at.AddSeconds(want.C * 30);
            if (!state.Sessions.IsEmpty) signedIn += next - at;
            at = next;
            var decision = AgentDecisions.Decide(state, Command(want) with { At = at });
            foreach (var happened in decision.Events) fold.OfAgent("ana", happened);
            state = AgentFold.Evolve(state, decision.Events);
        }
        if (!state.Sessions.IsEmpty) signedIn += TimeSpan.FromSeconds(77);
        var days = fold.Agents(Spans(null), at.AddSeconds(77).ToUnixTimeMilliseconds());
        Assert.Equal((long)signedIn.TotalMilliseconds, days.Sum(day => day.SignedInMs));
        Assert.All(days, day => Assert.InRange(day.SignedInMs, 0, (long)(day.Span.End - day.Span.Start).TotalMilliseconds));
    }, tests: 300);

    private static AgentCommand Command(Want want) => (want.What % 5) switch
    {
        0 or 1 => Center.SignIn(Activities[want.A % 4], $"session-{want.B % 3}"),
        2 or 3 => Center.Set(Activities[want.A % 4]),
        _ => Center.SignOut(want.B % 2 == 0 ? null : $"session-{want.B % 3}", (SessionEnd)(want.A % 5)),
    };

    /// <summary>A history whose moments lie around midnight in Madrid, in the night in which its clocks change.</summary>
    private static (ReportFold Fold, List<DomainEvent> Events, long Now) Play(Want[] wants, int shift)
    {
        var fold = new ReportFold();
        fold.Configured(new WorkspaceConfiguration { Queues = [Queue] });
        var moved = new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero).AddSeconds(shift) - Noon;
        var events = RandomCase.Play(wants).SelectMany(step => step.Decision.Events).Select(happened => happened with { At = happened.At + moved }).ToList();
        foreach (var happened in events) fold.OfCase("c1", happened);
        return (fold, events, events.Count == 0 ? 0 : events[^1].At.AddMinutes(7).ToUnixTimeMilliseconds());
    }

    private static ImmutableArray<ReportSpan> Spans(TimeSpan? length)
    {
        Assert.True(ReportPeriod.TryZone("Europe/Madrid", out var zone));
        return length is null
            ? ReportPeriod.Cut(zone, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), null)
            : ReportPeriod.Cut(zone, new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 30), length);
    }
}
