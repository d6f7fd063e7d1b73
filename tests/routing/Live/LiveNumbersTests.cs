using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Live;
using RoutingGrid.Routing.Tests.Cases;
using RoutingGrid.Routing.Tests.Matching;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Live;

/// <summary>The live numbers count every case, wait and handling once.</summary>
public sealed class LiveNumbersTests
{
    private readonly LiveNumbers _numbers = new(_ => 20);
    private readonly List<DomainEvent> _events = [];
    private CaseState _state = CaseState.None;

    [Fact]
    public void A_case_is_waited_for_and_handled_once()
    {
        Do(0, Message("m1"), Offer("ana"));
        Do(15, Accept("ana"));
        Do(20, Answer("ana"), Send("support", "ana"));
        Do(100, Assign("ben"), Answer("ben") with { ReplyId = "r2" });
        Do(135, Close("ben") with { ReopenUntil = Noon.AddHours(1) });
        var flow = _numbers.Flow("support");
        Assert.Equal((1, 1, 1, 1, 0), (flow.Arrived, flow.Assigned, flow.Answered, flow.Closed, flow.Abandoned));
        Assert.Equal((15, 40, 1), (flow.TmeSeconds, flow.TmoSeconds, flow.ServiceLevel));
    }

    [Fact]
    public void A_completion_is_counted_twice_only_as_a_closing()
    {
        A_case_is_waited_for_and_handled_once();
        Do(200, Message("m2"));
        Do(600, Assign("ana"), Answer("ana") with { ReplyId = "r3" });
        Do(900, Close("ana"));
        var flow = _numbers.Flow("support");
        Assert.Equal((1, 1, 1, 2, 2), (flow.Arrived, flow.Assigned, flow.Answered, flow.Closed, flow.Handled));
        Assert.Equal((15, 170, 1), (flow.TmeSeconds, flow.TmoSeconds, flow.ServiceLevel));
    }

    [Fact]
    public void A_reopened_case_that_is_given_up_was_not_abandoned()
    {
        A_case_is_waited_for_and_handled_once();
        Do(200, Message("m2"), Close(kind: CloseKind.Abandoned));
        Assert.Equal((2, 0, 1), (_numbers.Flow("support").Closed, _numbers.Flow("support").Abandoned, _numbers.Flow("support").ServiceLevel));
    }

    [Fact]
    public void An_abandoned_case_counts_against_the_service_level()
    {
        Do(0, Message("m1"));
        Do(5, Close(kind: CloseKind.Abandoned));
        Assert.Equal((1, 0d, 0d), (_numbers.Flow("support").Abandoned, _numbers.Flow("support").ServiceLevel, _numbers.Flow("support").TmeSeconds));
    }

    [Fact]
    public void A_queue_without_cases_has_no_averages_and_a_perfect_level() =>
        Assert.Equal((0d, 0d, 1d), (_numbers.Total().TmeSeconds, _numbers.Total().TmoSeconds, _numbers.Total().ServiceLevel));

    [Fact]
    public void The_last_steps_come_newest_first_and_with_their_reasons()
    {
        Do(0, Message("m1"), Offer("ana"), Decline("ana"), Offer("ben"), Accept("ben"));
        Assert.Equal(["assigned ben", "offered ben", "declined ana", "offered ana"], _numbers.Steps.Select(step => $"{step.What} {step.AgentId}"));
        Assert.Equal("the only one", _numbers.Steps.First().Reason);
    }

    [Fact]
    public void Whatever_happens_the_flow_is_what_a_recount_says() => Law.Holds(RandomCase.Histories, wants =>
    {
        var numbers = new LiveNumbers(_ => 20);
        var events = new List<DomainEvent>();
        foreach (var happened in RandomCase.Play(wants).SelectMany(step => step.Decision.Events)) Count(numbers, events, happened);
        var total = numbers.Total();
        Assert.Equal(events.OfType<CaseQueued>().Count(queued => queued.Because == QueuedBecause.New), total.Arrived);
        Assert.Equal(events.OfType<CaseClosed>().Count(), total.Closed);
        Assert.Equal(Math.Min(1, events.TakeWhile(happened => happened is not CaseClosed).OfType<CaseAssigned>().Count()), total.Assigned);
        Assert.Equal(Math.Min(1, events.TakeWhile(happened => happened is not CaseClosed).OfType<CaseAnswered>().Count()), total.Answered);
        Assert.InRange(total.ServiceLevel, 0, 1);
    }, tests: 500, RandomCase.Shrink);

    private void Do(int after, params ReadOnlySpan<CaseCommand> commands)
    {
        foreach (var command in commands)
        {
            var decision = CaseDecisions.Decide(_state, command with { At = Noon.AddSeconds(after) });
            Assert.Null(decision.Refusal);
            foreach (var happened in decision.Events) Count(_numbers, _events, happened);
            _state = CaseFold.Evolve(_state, decision.Events);
        }
    }

    private static void Count(LiveNumbers numbers, List<DomainEvent> earlier, DomainEvent happened)
    {
        if (!numbers.Knows("c1")) earlier.ForEach(known => numbers.Introduce("c1", known));
        numbers.Count("c1", happened);
        earlier.Add(happened);
    }
}
