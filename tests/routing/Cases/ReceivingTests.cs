using RoutingGrid.Routing.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>What a message does to the case that it belongs to.</summary>
public sealed class ReceivingTests
{
    [Fact]
    public void Wakes_a_waiting_case_in_the_hands_that_kept_capacity_for_it()
    {
        var woken = WaitingInHands.After(Message("m2") with { AnswerDue = Noon.AddMinutes(5) });
        Assert.Equal((CaseStatus.Assigned, "ana", 1, Noon.AddMinutes(5)), (woken.Status, woken.Holder, woken.HeldUnits, woken.NextAnswerDue));
    }

    [Fact]
    public void Wakes_a_case_that_nobody_holds_into_its_queue_and_prefers_who_had_it()
    {
        var woken = Waiting.After(Message("m2"));
        Assert.Equal((CaseStatus.Queued, null, "ana", Noon.AddMinutes(2)), (woken.Status, woken.Holder, woken.PreferredAgent, woken.PreferredUntil));
    }

    [Fact]
    public void Reopens_within_the_window_with_a_new_place_in_the_order()
    {
        var reopened = Closed.After(Message("m2", credit: TimeSpan.FromSeconds(10)) with { At = Noon.AddMinutes(30) });
        Assert.Equal((CaseStatus.Queued, Noon.AddMinutes(30).AddSeconds(-10)), (reopened.Status, reopened.VirtualStart));
        Assert.Null(reopened.ClosedAt);
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(Closed, Message("m2") with { At = Noon.AddHours(1) }).Refusal?.Code);
        Assert.False(Receiving.Continues(Closed, Noon.AddHours(1)));
        Assert.False(Receiving.Continues(ClosedForGood, Noon));
    }

    [Fact]
    public void A_closed_case_is_given_to_an_agent_only_while_a_message_would_reopen_it()
    {
        Assert.Equal(CaseStatus.Assigned, Closed.After(Assign("ben")).Status);
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(Closed, Assign("ben") with { At = Noon.AddHours(1) }).Refusal?.Code);
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(ClosedForGood, Assign("ben")).Refusal?.Code);
    }

    [Fact]
    public void The_first_credit_counts_and_a_return_does_not_add_another()
    {
        var credited = CaseState.None.After(Message("m1", credit: TimeSpan.FromMinutes(5)));
        Assert.Equal(Noon.AddMinutes(-5), credited.VirtualStart);
        Assert.Equal(Noon.AddMinutes(-5), credited.After(Send("second") with { At = Noon.AddMinutes(9), Placement = Place("second", TimeSpan.FromMinutes(5)) }).VirtualStart);
    }

    [Fact]
    public void A_return_keeps_the_promise_that_was_made_to_the_customer()
    {
        var due = Noon.AddMinutes(5);
        var promised = CaseState.None.After(Message("m1") with { Placement = Place() with { FirstAnswerDue = due, ResolutionDue = due } });
        var held = promised.After(Offer("ana"), Accept("ana"));
        var later = Place() with { FirstAnswerDue = due.AddMinutes(5), ResolutionDue = due.AddMinutes(5) };
        var returned = held.After(Send("support", "ana") with { Placement = later });
        Assert.Equal((due, due), (returned.FirstAnswerDue, returned.ResolutionDue));

        var missed = held.After(Due(DeadlineKind.FirstAnswer, 300), Due(DeadlineKind.Resolution, 300)).After(Send("support", "ana") with { Placement = later });
        Assert.Equal((null, null), (missed.FirstAnswerDue, missed.ResolutionDue));
    }
}
