using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Tests;

/// <summary>Faults that other routers had, through the real grains. Those that are not here are in <see cref="OfferTests"/>,
/// <see cref="CaseLifeTests"/> and <see cref="PresenceTests"/> under their names.</summary>
public sealed class NamedBugTests
{
    [Fact]
    public void A_stale_writer_cannot_flip_the_holder() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana", "ben");
        var caseId = await center.Write("customer-1");
        var holder = await AcceptSomebody(center, caseId);
        var other = holder == "ana" ? "ben" : "ana";

        // Another activation of the case gives it to somebody else; this one still believes in the first holder.
        await BehindItsBack(center, caseId, new CaseAssigned { At = center.Now, AgentId = other, Units = 1, Manual = true, From = holder });
        var stale = await center.World.Case(caseId).Answer(holder, "r1", null, "buenas", center.Command());
        Assert.Equal(RefusalCode.TryAgain, stale.Refusal?.Code);
        Assert.Equal(RefusalCode.NotHolder, (await center.World.Case(caseId).Answer(holder, "r1", null, "buenas", center.Command())).Refusal?.Code);
        Assert.Equal(other, (await center.Case(caseId)).Holder);
    });

    [Fact]
    public void Two_activations_of_an_agent_cannot_both_give_away_the_last_place() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        // Another activation of the agent reserves; the stream is ahead of what this one knows.
        var stream = new StreamId(StreamKind.Agent, center.World.Workspace, "ana");
        var version = (await center.World.Journal.ReadStream(stream)).Count;
        Assert.IsType<AppendResult.Committed>(await center.World.Journal.Append(
            new Append(new StreamAppend(stream, version, [new CapacityReserved { At = center.Now, CaseId = "elsewhere" }]), [])));

        var caseId = await center.Write("customer-1");
        await center.Pass(2);
        Assert.Equal("ana", Assert.Single((await center.Case(caseId)).Offers).AgentId);
        Assert.Single((await center.Events(caseId)).OfType<CaseOffered>());
    });

    [Fact]
    public void Eligibility_that_changes_between_choosing_and_accepting_is_noticed() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        var offer = (await center.OfferOf("ana"))!;
        await Configure(center, TestCenter.Simple(["ana", "ben"], agent: agent => agent.Id == "ana" ? agent with { Accounts = ["other"] } : agent));
        var refused = await center.World.Agent("ana").Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, center.Command());
        Assert.Equal(RefusalCode.AccountNotPermitted, refused.Refusal?.Code);

        await center.Pass(21);
        await center.SignIn("ben");
        Assert.Equal("ben", (await center.Case(caseId)).Offers.Single().AgentId);
    });

    [Fact]
    public void A_router_that_runs_twice_for_one_pool_gives_nothing_away_twice() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben"], agent: agent => agent with { Capacity = 2 }), async center =>
    {
        var second = center.World.Grains.GetGrain<IRouterGrain>(GrainKeys.Of(center.World.Workspace, "second"));
        await second.Start();
        await center.SignIn("ana", "ben");
        foreach (var agent in new[] { "ana", "ben" }) await second.AgentChanged(await ViewOf(center, agent));
        for (var number = 0; number < 8; number++)
        {
            var caseId = (await center.TryWrite($"customer-{number}")).CaseId;
            await second.CaseChanged(caseId, await center.Case(caseId));
        }
        await center.Pass(10);
        foreach (var agent in new[] { "ana", "ben" }) Assert.Equal(2, (await center.World.Agent(agent).Get()).Holdings.Length);
        var offered = (await center.World.Journal.Read.OpenByQueue(center.World.Workspace)).Single(count => count.Status == CaseStatus.Offered);
        Assert.Equal(4, offered.Count);
    });

    [Fact]
    public void Waiting_cases_of_a_queue_that_is_configured_away_still_come_back() => TestCenter.Run(TwoQueues(), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        Assert.Null((await center.World.Case(caseId).Wait("ana", WaitingFor.Time, center.Now.AddMinutes(10), null, center.Command())).Refusal);
        await Configure(center, TwoQueues() with { Queues = [new QueueSettings { Name = "second" }], DefaultQueue = "second", Agents = [new AgentSettings { Id = "ana", Queues = ["second"] }] });
        await center.Pass(601);
        var state = await center.Case(caseId);
        Assert.Equal(("second", CaseStatus.Offered), (state.Queue, state.Status));
    });

    [Fact]
    public void Cases_in_a_queue_that_is_configured_away_move_on_with_their_place() => TestCenter.Run(TwoQueues(), async center =>
    {
        var caseId = await center.Write("customer-1");
        var before = await center.Case(caseId);
        await center.Pass(30);
        await Configure(center, TwoQueues() with { Queues = [new QueueSettings { Name = "second" }], DefaultQueue = "second", Agents = [new AgentSettings { Id = "ana", Queues = ["second"] }] });
        await center.SignIn("ana");
        var state = await center.Case(caseId);
        Assert.NotEqual(before.Queue, state.Queue);
        Assert.Equal(("second", CaseStatus.Offered, before.VirtualStart), (state.Queue, state.Status, state.VirtualStart));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_agent_who_is_configured_away_keeps_no_work(bool signedOutBefore) => TestCenter.Run(
        TestCenter.Simple(["ana", "ben"], queue => queue with { AgentLost = AgentLostPolicy.Stay }), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        if (signedOutBefore) TestCenter.Done(await center.World.Agent("ana").SignOut(null, center.Command()));
        Assert.Equal("ana", (await center.Case(caseId)).Holder);
        await Configure(center, TestCenter.Simple(["ben"], queue => queue with { AgentLost = AgentLostPolicy.Stay }));
        Assert.Equal(Presence.Offline, (await center.World.Agent("ana").Get()).State.Presence);
        await center.SignIn("ben");
        Assert.Equal(caseId, (await center.OfferOf("ben"))?.CaseId);
    });

    [Fact]
    public void Completions_are_counted_once_however_often_they_are_told() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        var close = center.Command();
        for (var times = 0; times < 3; times++)
            Assert.Null((await center.World.Case(caseId).Close("ana", CloseKind.Handled, null, null, close)).Refusal);
        Assert.Equal(RefusalCode.IllegalTransition, (await center.World.Case(caseId).Close("ana", CloseKind.Handled, null, null, center.Command())).Refusal?.Code);
        var numbers = await center.World.Grains.GetGrain<GrainInterfaces.Live.IWallboardGrain>(center.World.Workspace).Get();
        Assert.Equal((1, 1, 1), (numbers.Total.Arrived, numbers.Total.Assigned, numbers.Total.Closed));
    });

    [Fact]
    public void A_closed_case_is_not_given_to_anybody_beside_the_customer_s_newer_one() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben"], queue => queue with { ReopenSeconds = 60 }), async center =>
    {
        await center.SignIn("ana");
        var first = await center.Write("customer-1");
        await center.Accept("ana");
        await center.Close("ana", first);
        await center.Pass(61);
        Assert.NotEqual(first, await center.Write("customer-1"));
        await center.SignIn("ben");
        Assert.Equal(RefusalCode.IllegalTransition, (await center.World.Agent("ben").Assign(first, true, center.Command())).Refusal?.Code);
    });

    [Theory]
    [InlineData(RoutingStrategy.LeastLoaded)]
    [InlineData(RoutingStrategy.LongestIdle)]
    [InlineData(RoutingStrategy.BestSkill)]
    public void A_burst_rings_everybody_before_it_rings_anybody_twice(RoutingStrategy strategy) => TestCenter.Run(
        TestCenter.Simple(["ana", "ben", "eva", "leo"], queue => queue with { Strategy = strategy }, agent => agent with { Capacity = 4 }), async center =>
    {
        await center.SignIn("ana", "ben", "eva", "leo");
        for (var round = 1; round <= 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(number => center.TryWrite($"customer-{round}-{number}")));
            await center.Settle();
            foreach (var agent in new[] { "ana", "ben", "eva", "leo" }) Assert.Equal(round, (await center.World.Agent(agent).Get()).Holdings.Length);
        }
    });

    private static WorkspaceConfiguration TwoQueues() => TestCenter.Simple(["ana"]) with { Queues = [new QueueSettings { Name = "support" }, new QueueSettings { Name = "second" }] };

    private static async Task Configure(TestCenter center, WorkspaceConfiguration configuration)
    {
        Assert.Null((await center.World.Grains.GetGrain<IWorkspaceGrain>(center.World.Workspace).Configure(configuration, center.Command())).Refusal);
        await center.Settle();
    }

    private static async Task<string> AcceptSomebody(TestCenter center, string caseId)
    {
        var agent = (await center.Case(caseId)).Offers.Single().AgentId;
        await center.Accept(agent);
        return agent;
    }

    private static async Task<AgentView> ViewOf(TestCenter center, string agent)
    {
        var state = (await center.World.Agent(agent).Get()).State;
        return new()
        {
            AgentId = agent, Version = 1, Profile = new AgentSettings { Id = agent, Queues = ["support"], Capacity = 2 }, TakesWork = state.TakesWork, IdleSince = state.ActivitySince,
        };
    }

    /// <summary>Writes to a case's stream as another activation of it would.</summary>
    private static async Task BehindItsBack(TestCenter center, string caseId, DomainEvent happened)
    {
        var before = await center.Case(caseId);
        var after = CaseFold.Evolve(before, happened);
        var result = await center.World.Journal.Append(new Append(
            new StreamAppend(new StreamId(StreamKind.Case, center.World.Workspace, caseId), before.Version, [happened]),
            [new ReadModelChange.PutCase(CaseRow.Of(center.World.Workspace, caseId, after))]));
        Assert.IsType<AppendResult.Committed>(result);
    }
}
