using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Tests.Matching;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>What holds of a case whatever people want of it, in whatever order.</summary>
public sealed class CaseProperties
{
    private const int Runs = 1000;

    [Fact]
    public void A_status_says_where_the_case_is() => Always((_, _, _, after) => Assert.True(InItsPlace(after), Text(after)));

    [Fact]
    public void A_status_changes_only_along_the_table() => Always((before, _, decision, _) =>
    {
        var state = before;
        foreach (var happened in decision.Events)
        {
            var next = CaseFold.Evolve(state, happened);
            Assert.True(next.Status == state.Status || CaseTransitions.Allows(state.Status, next.Status) || happened is CaseOpened, $"{state.Status} to {next.Status}");
            state = next;
        }
    });

    [Fact]
    public void A_version_counts_events() => Always((before, _, decision, after) => Assert.Equal(before.Version + decision.Events.Length, after.Version));

    [Fact]
    public void Events_are_written_only_where_they_change_something() => Always((before, _, decision, _) =>
    {
        Assert.True(decision.Refusal is null || decision.Events.IsEmpty);
        var state = before;
        foreach (var happened in decision.Events)
        {
            var next = CaseFold.Evolve(state, happened);
            if (happened is not (NoteAdded or AutomaticAnswerSent))
                Assert.NotEqual(Text(state), Text(next with { Version = state.Version, RecentCommands = state.RecentCommands }));
            state = next;
        }
    });

    /// <summary>Messages are recognised by their claims, and deadlines by being gone.</summary>
    [Fact]
    public void A_repeated_command_does_nothing() => Always((_, command, decision, after) =>
    {
        if (decision.Events.IsEmpty || command is CaseCommand.Receive or CaseCommand.Due) return;
        var again = CaseDecisions.Decide(after, command with { At = command.At.AddSeconds(1) });
        Assert.Equal((true, null), (again.Events.IsEmpty, again.Refusal));
    });

    [Fact]
    public void The_same_command_in_the_same_state_decides_the_same() => Always((before, command, decision, after) =>
    {
        var again = CaseDecisions.Decide(before, command);
        Assert.Equal(decision.Refusal, again.Refusal);
        Assert.Equal(decision.Events.AsEnumerable(), again.Events);
        Assert.Equal(Text(after), Text(CaseFold.Evolve(before, again.Events)));
    });

    [Fact]
    public void Every_offer_ends_exactly_once() => Law.Holds(RandomCase.Histories, wants =>
    {
        var made = new HashSet<string>();
        var live = new HashSet<string>();
        foreach (var (_, _, decision, after) in RandomCase.Play(wants))
        {
            foreach (var happened in decision.Events)
            {
                if (happened is CaseOffered offered) Assert.True(made.Add(offered.OfferId) && live.Add(offered.OfferId));
                if (happened is OfferEnded ended) Assert.True(live.Remove(ended.OfferId));
                if (happened is CaseAssigned { OfferId: { } accepted }) Assert.True(live.Remove(accepted));
            }
            Assert.Equal(live.Order(), after.Offers.Select(offer => offer.OfferId).Order());
        }
    }, Runs, RandomCase.Shrink);

    [Fact]
    public void A_place_in_the_order_is_lost_only_by_reopening() => Always((before, _, decision, after) =>
    {
        if (before.Status == CaseStatus.None || decision.Events.OfType<CaseQueued>().Any(queued => queued.Because == QueuedBecause.Reopened)) return;
        Assert.Equal(before.VirtualStart, after.VirtualStart);
    });

    [Fact]
    public void A_promise_of_a_first_answer_or_an_end_moves_only_with_a_new_beginning() => Always((before, _, decision, after) =>
    {
        if (before.Status is CaseStatus.None or CaseStatus.Closed) return;
        Assert.True(after.FirstAnswerDue is null || after.FirstAnswerDue == before.FirstAnswerDue, Text(decision.Events.Cast<object>()));
        Assert.True(after.ResolutionDue is null || after.ResolutionDue == before.ResolutionDue, Text(decision.Events.Cast<object>()));
    });

    [Fact]
    public void A_deadline_that_comes_is_gone_afterwards() => Always((before, command, decision, after) =>
    {
        if (command is not CaseCommand.Due due || decision.Events.IsEmpty) return;
        var was = CaseDeadlines.Of(before).Single(deadline => deadline.Kind == due.Kind);
        Assert.DoesNotContain(was, CaseDeadlines.Of(after));
    });

    [Fact]
    public void A_case_that_is_closed_for_good_is_never_opened_again() => Always((before, _, _, after) =>
    {
        if (before.Status == CaseStatus.Closed && before.ReopenUntil is null) Assert.Equal(CaseStatus.Closed, after.Status);
    });

    private static bool InItsPlace(CaseState state) => state.Status switch
    {
        CaseStatus.None => state.Version == 0,
        CaseStatus.Queued => state is { Holder: null, Offers.IsEmpty: true, HeldUnits: 0, WakeAt: null, FollowUpAt: null, ClosedAt: null, Queue.Length: > 0 },
        CaseStatus.Offered => state is { Holder: null, Offers.IsEmpty: false, HeldUnits: 0, WakeAt: null, FollowUpAt: null, ClosedAt: null },
        CaseStatus.Assigned => state is { Holder: not null, Offers.IsEmpty: true, HeldUnits: > 0, WakeAt: null, FollowUpAt: null, NextStageAt: null, ClosedAt: null },
        CaseStatus.Waiting => state is { Offers.IsEmpty: true, WakeAt: not null, WaitingFor: not null, FollowUpAt: null, NextStageAt: null }
            && state.Holder is null == (state.HeldUnits == 0),
        CaseStatus.Escalated => state is { Holder: null, Offers.IsEmpty: true, FollowUpAt: not null, WakeAt: null, NextStageAt: null },
        _ => state is { Holder: null, Offers.IsEmpty: true, HeldUnits: 0, ClosedAt: not null } && CaseDeadlines.Of(state).IsEmpty,
    };

    private static void Always(Action<CaseState, CaseCommand, Decision, CaseState> law) => Law.Holds(RandomCase.Histories, wants =>
    {
        foreach (var (before, command, decision, after) in RandomCase.Play(wants)) law(before, command, decision, after);
    }, Runs, RandomCase.Shrink);
}
