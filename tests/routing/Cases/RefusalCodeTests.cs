using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Customers;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>Every refusal there is, and who gives it. A new code needs an entry here.</summary>
public sealed class RefusalCodeTests
{
    private static readonly PresenceSettings Presence = new();

    private static readonly Dictionary<RefusalCode, Func<Decision>> Decided = new()
    {
        [RefusalCode.CaseUnknown] = () => CaseDecisions.Decide(CaseState.None, Note()),
        [RefusalCode.VersionMismatch] = () => CaseDecisions.Decide(Queued, Note() with { IfVersion = 1 }),
        [RefusalCode.IllegalTransition] = () => CaseDecisions.Decide(Queued, Answer("ana")),
        [RefusalCode.CustomerUnknown] = () => Erase(CustomerState.None),
        [RefusalCode.CasesOpen] = () => Erase(CustomerState.None with { Version = 2 }, Queued),
        [RefusalCode.SessionClosed] = () => AgentDecisions.Decide(AgentState.None, new AgentCommand.Heard("desk", true, Presence) { At = Noon }),
        [RefusalCode.OfferUnknown] = () => CaseDecisions.Decide(Offered, Accept("ben")),
        [RefusalCode.OfferNotYours] = () => CaseDecisions.Decide(Offered, Decline("ana") with { AgentId = "ben" }),
        [RefusalCode.OfferEnded] = () => CaseDecisions.Decide(Assigned, Accept("ana")),
        [RefusalCode.OfferExpired] = () => CaseDecisions.Decide(Offered, Accept("ana") with { At = Noon.AddSeconds(20) }),
        [RefusalCode.AgentOffline] = () =>
            AgentDecisions.Decide(AgentState.None, new AgentCommand.SetActivity(AgentDecisions.Unavailable, ActivityBecause.Chosen) { At = Noon }),
        [RefusalCode.NotInQueue] = () => CaseDecisions.Decide(Queued, Offer("ana") with { Agent = Agent("ana") with { Queues = ["second"] } }),
        [RefusalCode.SkillMissing] = () => CaseDecisions.Decide(Queued with { Needs = new Requirements([new SkillLevel("billing", 3)], null) }, Offer("ana")),
        [RefusalCode.AccountNotPermitted] = () => CaseDecisions.Decide(Queued, Offer("ana") with { Agent = Agent("ana") with { Accounts = ["other"] } }),
        [RefusalCode.DeclinedBefore] = () => CaseDecisions.Decide(Offered.After(Decline("ana")), Offer("ana")),
        [RefusalCode.OffersExhausted] = () => CaseDecisions.Decide(Offered, Offer("ana")),
        [RefusalCode.NotHolder] = () => CaseDecisions.Decide(Assigned, Answer("ben")),
        [RefusalCode.WrongAccount] = () => CaseDecisions.Decide(Assigned, Answer("ana") with { Account = "other" }),
        [RefusalCode.InvalidValue] = () => CaseDecisions.Decide(Queued, Priority(10)),
    };

    /// <summary>Refusals of what only a grain can know, and the file that gives them.</summary>
    private static readonly Dictionary<RefusalCode, string> GivenByGrains = new()
    {
        [RefusalCode.WorkspaceUnknown] = "grains/Storage/Refusals.cs",
        [RefusalCode.ConfigurationInvalid] = "grains/Workspaces/WorkspaceGrain.cs",
        [RefusalCode.AgentUnknown] = "grains/Agents/AgentGrain.cs",
        [RefusalCode.QueueUnknown] = "grains/Cases/CaseGrain.cs",
        [RefusalCode.ChannelUnknown] = "grains/Cases/CustomerGrain.cs",
        [RefusalCode.AccountUnknown] = "grains/Cases/CustomerGrain.cs",
        [RefusalCode.ActivityUnknown] = "grains/Agents/AgentGrain.Presence.cs",
        [RefusalCode.ReasonUnknown] = "grains/Cases/CaseGrain.cs",
        [RefusalCode.MessageIdReused] = "grains/Cases/CaseGrain.Receive.cs",
        [RefusalCode.AgentUnavailable] = "grains/Agents/AgentGrain.Offers.cs",
        [RefusalCode.NoCapacity] = "grains/Agents/AgentGrain.Offers.cs",
        [RefusalCode.Overloaded] = "grains/Storage/Refusals.cs",
        [RefusalCode.TryAgain] = "grains/Storage/Refusals.cs",
    };

    public static TheoryData<RefusalCode> Codes() => [.. Enum.GetValues<RefusalCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_is_given_by_somebody(RefusalCode code)
    {
        if (Decided.TryGetValue(code, out var decide))
        {
            var refusal = decide().Refusal;
            Assert.Equal(code, refusal?.Code);
            Assert.EndsWith(".", refusal!.Detail);
        }
        else
        {
            Assert.Contains($"{nameof(RefusalCode)}.{code}", File.ReadAllText(Path.Combine(Root(), GivenByGrains[code])));
        }
    }

    private static Decision Erase(CustomerState customer, params CaseState[] cases) =>
        Decision.Refuse(Erasing.Decide(customer, [.. cases.Select(state => new CustomerCase("c1", state))], "erased:1", Noon, null).Refusal!);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RoutingGrid.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("RoutingGrid.sln");
        return folder;
    }
}
