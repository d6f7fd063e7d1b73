using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>Where several refusals hold, the first in the order of their enum is given. Each step mends one fault, so that the next shows.</summary>
public sealed class PrecedenceTests
{
    [Fact]
    public void Of_an_offer()
    {
        var needs = Queued with { Needs = new Requirements([new SkillLevel("billing", 3)], null), Declines = [new Decline("ana", Noon.AddSeconds(60), 1)] };
        var state = needs.After(Offer("ben") with { Agent = Agent("ben") with { Skills = Billing(3) } });
        var queue = Queue with { OffersAtOnce = 1 };
        var stranger = Offer("ana") with { IfVersion = 1, Queue = queue, Agent = Agent("ana") with { Queues = [], Accounts = ["other"], Skills = Billing(2) } };

        Falls(state, stranger,
            (RefusalCode.VersionMismatch, c => c with { IfVersion = null }),
            (RefusalCode.NotInQueue, c => c with { Agent = c.Agent with { Queues = ["support"] } }),
            (RefusalCode.SkillMissing, c => c with { Agent = c.Agent with { Skills = Billing(3) } }),
            (RefusalCode.AccountNotPermitted, c => c with { Agent = c.Agent with { Accounts = [] } }),
            (RefusalCode.DeclinedBefore, c => c with { Epoch = 2 }),
            (RefusalCode.OffersExhausted, c => c with { Queue = Queue }));
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(Assigned, stranger with { IfVersion = null }).Refusal?.Code);
    }

    [Fact]
    public void Of_an_acceptance()
    {
        var late = Accept("ana") with { At = Noon.AddSeconds(60), Agent = Agent("ana") with { Queues = [] } };
        Falls(Offered, late,
            (RefusalCode.OfferExpired, c => c with { At = Noon }),
            (RefusalCode.NotInQueue, c => c with { Agent = Agent("ana") }));
        Assert.Equal(RefusalCode.OfferExpired, CaseDecisions.Decide(Offered.After(End("ana", OfferEnd.TimedOut) with { At = Noon.AddSeconds(20) }), late).Refusal?.Code);
        Assert.Equal(RefusalCode.OfferNotYours, CaseDecisions.Decide(Assigned, late with { Agent = Agent("ben") }).Refusal?.Code);
    }

    [Fact]
    public void Of_an_answer()
    {
        var stranger = Answer("ben") with { Account = "other", IfVersion = 1 };
        Falls(Assigned, stranger,
            (RefusalCode.VersionMismatch, c => c with { IfVersion = null }),
            (RefusalCode.NotHolder, c => c with { AgentId = "ana" }),
            (RefusalCode.WrongAccount, c => c with { Account = "brand" }));
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(Waiting, stranger with { IfVersion = null }).Refusal?.Code);
    }

    [Fact]
    public void Of_waiting_and_escalating()
    {
        Falls(Assigned, Wait("ben") with { Until = Noon },
            (RefusalCode.NotHolder, c => c with { AgentId = "ana" }),
            (RefusalCode.InvalidValue, c => c with { Until = Noon.AddSeconds(1) }));
        Falls(Assigned, Escalate("ben") with { FollowUpAt = Noon },
            (RefusalCode.NotHolder, c => c with { AgentId = "ana" }),
            (RefusalCode.InvalidValue, c => c with { FollowUpAt = Noon.AddSeconds(1) }));
        Assert.Equal(RefusalCode.IllegalTransition, CaseDecisions.Decide(Offered, Wait("ben") with { Until = Noon }).Refusal?.Code);
    }

    private static ImmutableDictionary<string, int> Billing(int level) => ImmutableDictionary<string, int>.Empty.Add("billing", level);

    private static void Falls<T>(CaseState state, T command, params (RefusalCode Code, Func<T, T> Mend)[] steps) where T : CaseCommand
    {
        foreach (var (code, mend) in steps)
        {
            Assert.Equal(code, CaseDecisions.Decide(state, command).Refusal?.Code);
            command = mend(command);
        }
        Assert.Null(CaseDecisions.Decide(state, command).Refusal);
    }
}
