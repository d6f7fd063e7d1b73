#if ORLEANS
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Tests.RealTime;

/// <summary>Between silos the domain's values are written and read by one codec; within one they never meet it, so it is tested alone.</summary>
public sealed class CodecTests(RealTimeHost host) : IClassFixture<RealTimeHost>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<object> Messages() =>
    [
        new CaseResult(new Refusal(RefusalCode.NotHolder, "Nobody holds this case now."), new CaseState
        {
            Version = 7, Status = CaseStatus.Offered, Queue = "support", Needs = new Requirements([new SkillLevel("billing", 3)], "es"),
            Offers = [new Offer("o1", "ana", 1, Noon, Noon.AddSeconds(20))], Declines = [new Decline("ben", Noon, 2)], WaitingFor = WaitingFor.Party,
            Profile = new CaseProfile("es", null, null, 3, ImmutableDictionary<string, string>.Empty.Add("plan", "gold")),
        }),
        new AgentWrite("ana", 3, [new CapacityReserved { At = Noon, CaseId = "c1" }, new ActivityChanged { At = Noon, Activity = "break", Available = false, Because = ActivityBecause.Chosen }],
            new AgentRows(AgentState.None, AgentState.None with { Sessions = [new Session("desk", Noon, Noon, null, null, null)] })),
        new OfferRequest { OfferId = "o1", Agent = new AgentSettings { Id = "ana", Queues = ["support"], Skills = ImmutableDictionary<string, int>.Empty.Add("billing", 2) }, Write = new AgentWrite("ana", 1, []) },
        new Proposal("c1", 1, "ana", 2, 1, 0, new ChoiceReason(ChoiceKind.LeastLoaded, 1, 3, 2, 0, TimeSpan.FromSeconds(5))),
        new AgentView { AgentId = "ana", Version = 3, Profile = new AgentSettings { Id = "ana" }, TakesWork = true, IdleSince = Noon, Load = new AgentLoad(2, [new ChannelLoad("chat", 2)]) },
        new WhyNot.MissingSkill("billing", 3),
        new Holding("c1", 3, "chat", "support", 1, false, "o1", Noon, CaseStatus.Offered, new EndedOffer("o0", "ben", OfferEnd.Declined)),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_arrives_as_it_was_sent(object sent)
    {
        var serializer = host.Services.GetRequiredService<Serializer>();
        var arrived = serializer.Deserialize<object>(serializer.SerializeToArray(sent));
        Assert.Equal(sent.GetType(), arrived?.GetType());
        Assert.Equal(JsonSerializer.Serialize(sent, sent.GetType()), JsonSerializer.Serialize(arrived, sent.GetType()));
    }

    [Fact]
    public void Within_a_process_values_cross_as_they_are()
    {
        var state = CaseState.None with { Version = 3 };
        Assert.Same(state, host.Services.GetRequiredService<DeepCopier>().Copy(state));
    }
}
#endif
