using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Grains.Tests;

/// <summary>Another activation has written, as one does in a split cluster, or a write came through after all: whoever believes something
/// older must find out before it does harm.</summary>
public sealed class LateKnowledgeTests
{
    private const double Repairs = 70;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_case_that_was_returned_elsewhere_is_offered_again_to_an_agent_who_has_not_heard_of_it(int capacity) => TestCenter.Run(
        TestCenter.Simple(["ana"], agent: agent => agent with { Capacity = capacity }), async center =>
        {
            await center.SignIn("ana");
            var caseId = await center.Write("customer-1");
            await center.Accept("ana");
            var held = await center.Case(caseId);
            await Elsewhere(center, caseId, held, new CaseQueued
            {
                At = center.Now, Queue = held.Queue, Because = QueuedBecause.Transferred, VirtualStart = held.VirtualStart, Needs = held.Needs,
            });
            await center.Pass(Repairs);
            Assert.Contains((await center.Case(caseId)).EndedOffers, offer => offer.AgentId == "ana" && offer.End == OfferEnd.TimedOut);
        }, tolerance: Repairs);

    [Fact]
    public void An_agent_who_is_gone_gives_back_what_was_given_to_them_elsewhere() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        TestCenter.Done(await center.World.Agent("ana").SetActivity(null, "break", center.Command()));
        var caseId = await center.Write("customer-1");
        await Elsewhere(center, caseId, await center.Case(caseId), new CaseAssigned { At = center.Now, AgentId = "ana", Units = 1, Manual = true });
        TestCenter.Done(await center.World.Agent("ana").SignOut(null, center.Command()));
        await center.Pass(Repairs);
        Assert.Equal(CaseStatus.Queued, (await center.Case(caseId)).Status);
    }, tolerance: Repairs);

    [Fact]
    public void An_agent_who_was_signed_out_elsewhere_gives_everything_back() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        var before = (await center.World.Agent("ana").Get()).State;
        ImmutableArray<DomainEvent> events =
        [
            new SessionEnded { At = center.Now, SessionId = TestCenter.Session("ana"), End = SessionEnd.ForcedOut },
            new ActivityChanged { At = center.Now, Activity = "offline", Available = false, Because = ActivityBecause.SignedOut },
        ];
        var after = AgentFold.Evolve(before, events);
        var owner = new DeadlineOwner(DeadlineOwnerKind.Agent, center.World.Workspace, "ana");
        await Append(center, StreamKind.Agent, "ana", before.Version, events,
        [
            new ReadModelChange.PutAgent(new AgentRow(center.World.Workspace, "ana", after)),
            new ReadModelChange.PutDeadline(new DeadlineRow(owner, DeadlineKind.ReleaseWork, "", center.Now)),
        ]);
        await center.Pass(Repairs);
        Assert.Equal(CaseStatus.Queued, (await center.Case(caseId)).Status);
    }, tolerance: Repairs);

    [Fact]
    public void A_message_is_taken_although_the_next_case_of_its_customer_was_opened_and_closed_elsewhere() => TestCenter.Run(TestCenter.Simple([]), async center =>
    {
        await Abandon(center, await center.Write("customer-1"));
        var customer = await center.World.Customer("chat", "customer-1").Get();
        var next = CaseIds.For(center.World.Workspace, "chat:customer-1", customer.Cases + 1);
        var opened = new CustomerCaseOpened { At = center.Now, Thread = "brand/direct", CaseId = next };
        var received = await center.World.Case(next).Receive(new ReceiveMessage
        {
            CustomerId = "chat:customer-1", Thread = "brand/direct", CustomerVersion = customer.Version, CustomerEvents = [opened],
            Message = new IncomingMessage { MessageId = "elsewhere", Channel = "chat", Account = "brand", Author = "customer-1", Text = "hola" },
        });
        Assert.Null(received.Refusal);
        await Abandon(center, next);
        await center.Case(next);
        Assert.Equal(RefusalCode.TryAgain, (await center.TryWrite("customer-1", messageId: "here")).Refusal?.Code);
        Assert.True((await center.TryWrite("customer-1", messageId: "here")).Opened);
    }, configure: services => services.AddSingleton<IOutgoingGrainCallFilter>(new LoseCloses()));

    [Fact]
    public void A_router_that_missed_its_own_message_makes_passes_again()
    {
        var losing = new LoseOnePass();
        TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
        {
            await center.SignIn("ana", "ben");
            losing.Armed = true;
            await center.Write("customer-1");
            await center.Pass(6);
            await center.Write("customer-2");
            Assert.NotNull(await center.OfferOf("ana"));
            Assert.NotNull(await center.OfferOf("ben"));
        }, configure: services => services.AddSingleton<IOutgoingGrainCallFilter>(losing), tolerance: 6);
        Assert.False(losing.Armed);
    }

    [Fact]
    public void An_agent_who_hears_late_of_a_session_hears_as_well_of_what_was_given_to_them_meanwhile() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        TestCenter.Done(await center.World.Agent("ana").SetActivity(null, "break", center.Command()));
        var caseId = await center.Write("customer-1");
        var before = (await center.World.Agent("ana").Get()).State;
        ImmutableArray<DomainEvent> events =
        [
            new ActivityChanged { At = center.Now, Activity = "available", Available = true, Because = ActivityBecause.Supervisor },
            new CapacityReserved { At = center.Now, CaseId = caseId },
        ];
        var row = new AgentRow(center.World.Workspace, "ana", AgentFold.Evolve(before, events));
        await Append(center, StreamKind.Agent, "ana", before.Version, events, [new ReadModelChange.PutAgent(row)]);
        await Elsewhere(center, caseId, await center.Case(caseId), new CaseAssigned { At = center.Now, AgentId = "ana", Units = 1, Manual = true });
        await center.World.Case(caseId).Report();
        await center.World.Agent("ana").Due(DeadlineKind.SessionSilent, "a session of the other activation");
        await center.Write("customer-2");
        Assert.Null(await center.OfferOf("ana"));
    }, tolerance: Repairs);

    [Fact]
    public void A_deadline_that_finds_its_case_ahead_is_met_at_once() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        await Elsewhere(center, caseId, await center.Case(caseId), new CaseWaiting { At = center.Now, For = WaitingFor.Time, Until = center.Now.AddSeconds(0.1) });
        await center.Pass(0.2);
        await center.World.Case(caseId).Due(DeadlineKind.WakeUp, "");
        Assert.Equal(CaseStatus.Queued, (await center.Case(caseId)).Status);
    }, tolerance: Repairs);

    [Fact]
    public void A_case_whose_activation_is_behind_is_not_overtaken_for_it() => TestCenter.Run(TestCenter.Simple(["ana"], agent: agent => agent with { Capacity = 1 }), async center =>
    {
        var first = await center.Write("customer-1");
        await center.Pass(1);
        var second = await center.Write("customer-2");
        await Elsewhere(center, first, await center.Case(first), new NoteAdded { At = center.Now, Text = "Called back." });
        await center.SignIn("ana");
        Assert.Equal((CaseStatus.Offered, CaseStatus.Queued), ((await center.Case(first)).Status, (await center.Case(second)).Status));
    });

    /// <summary>Writes as another activation of the case would.</summary>
    private static async Task Elsewhere(TestCenter center, string caseId, CaseState before, DomainEvent happened)
    {
        var workspace = center.World.Workspace;
        var after = CaseFold.Evolve(before, happened);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        changes.Add(new ReadModelChange.PutCase(CaseRow.Of(workspace, caseId, after)));
        foreach (var deadline in CaseDeadlines.Of(after))
            changes.Add(new ReadModelChange.PutDeadline(new DeadlineRow(new DeadlineOwner(DeadlineOwnerKind.Case, workspace, caseId), deadline.Kind, deadline.Key, deadline.DueAt)));
        await Append(center, StreamKind.Case, caseId, before.Version, [happened], changes.ToImmutable());
    }

    private static async Task Append(TestCenter center, StreamKind kind, string id, long version, ImmutableArray<DomainEvent> events, ImmutableArray<ReadModelChange> changes)
    {
        var stream = new StreamAppend(new StreamId(kind, center.World.Workspace, id), version, events);
        Assert.IsType<AppendResult.Committed>(await center.World.Journal.Append(new Append(stream, changes)));
    }

    private static async Task Abandon(TestCenter center, string caseId)
    {
        Assert.Null((await center.World.Case(caseId).Close(null, CloseKind.Abandoned, null, null, center.Command())).Refusal);
        await center.Settle();
    }

    private sealed class LoseCloses : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) => context.MethodName == nameof(ICustomerGrain.CaseClosed) ? Task.CompletedTask : context.Invoke();
    }

    private sealed class LoseOnePass : IOutgoingGrainCallFilter
    {
        public bool Armed { get; set; }

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (!Armed || context.MethodName != nameof(IRouterGrain.Pass)) return context.Invoke();
            Armed = false;
            return Task.CompletedTask;
        }
    }
}
