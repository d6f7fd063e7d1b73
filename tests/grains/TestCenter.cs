using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Grains.Tests;

/// <summary>A small center in virtual time, with shorthands for what people do in it. Its journal is audited when a test ends.</summary>
internal sealed class TestCenter : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly SimulatedWorld _world;
    private int _messages;

    private TestCenter(ulong seed, Action<IServiceCollection>? configure) => _world = SimulatedWorld.Start(seed, Start, configure: configure);

    public SimulatedWorld World => _world;
    public DateTimeOffset Now => _world.Now;

    /// <summary>Runs a scenario, lets the dust settle, and audits everything that was written.</summary>
    /// <param name="configure">Adds services, such as call filters.</param>
    /// <param name="tolerance">How long work may wait, in seconds. A case that was refused on its way is tried again within a second or two.</param>
    public static void Run(
        WorkspaceConfiguration configuration, Func<TestCenter, Task> scenario, ulong seed = 1, Action<IServiceCollection>? configure = null, double tolerance = 3)
    {
        using var center = new TestCenter(seed, configure);
        center._world.Run(async () =>
        {
            await center._world.Configure(configuration);
            await scenario(center);
            await center.Settle();
        });
        center.Audit(tolerance);
    }

    private void Audit(double tolerance)
    {
        JournalAudit? audit = null;
        _world.Run(async () => audit = await JournalAudit.Of(_world.Journal, TimeSpan.FromSeconds(tolerance)));
        Assert.True(audit!.Violations.Count == 0, string.Join(Environment.NewLine, audit.Violations));
    }

    /// <summary>Lets everything happen that happens at once.</summary>
    public Task Settle() => Pass(0.5);

    public Task Pass(double seconds) => _world.Pass(TimeSpan.FromSeconds(seconds));

    public async Task SignIn(params string[] agents)
    {
        foreach (var agent in agents) Done(await _world.Agent(agent).SignIn(Session(agent), "desk", "available", CommandContext.System));
        await Settle();
    }

    public async Task<string> Write(string author, string text = "hola", string? messageId = null, Func<IncomingMessage, IncomingMessage>? change = null)
    {
        var result = await TryWrite(author, text, messageId, change);
        Assert.Null(result.Refusal);
        await Settle();
        return result.CaseId;
    }

    public Task<ReceiveResult> TryWrite(string author, string text = "hola", string? messageId = null, Func<IncomingMessage, IncomingMessage>? change = null)
    {
        var message = new IncomingMessage { MessageId = messageId ?? $"m{++_messages}", Channel = "chat", Account = "brand", Author = author, Text = text };
        return _world.Customer("chat", author).Receive(change is null ? message : change(message));
    }

    public async Task<CaseState> Case(string caseId) => (await _world.Case(caseId).Get()).State;

    public async Task<Holding?> OfferOf(string agent) => (await _world.Agent(agent).Get()).Holdings.FirstOrDefault(holding => holding.OfferId is not null);

    /// <summary>Accepts the offer that the agent has; answers its case.</summary>
    public async Task<string> Accept(string agent)
    {
        var offer = await OfferOf(agent);
        Assert.NotNull(offer);
        var result = await _world.Agent(agent).Accept(Session(agent), offer.CaseId, offer.OfferId!, Command());
        Assert.Null(result.Refusal);
        await Settle();
        return offer.CaseId;
    }

    public async Task Decline(string agent)
    {
        var offer = await OfferOf(agent);
        Assert.NotNull(offer);
        Assert.Null((await _world.Agent(agent).Decline(Session(agent), offer.CaseId, offer.OfferId!, Command())).Refusal);
        await Settle();
    }

    public async Task Close(string agent, string caseId)
    {
        Assert.Null((await _world.Case(caseId).Close(agent, CloseKind.Handled, Rating.Positive, null, Command())).Refusal);
        await Settle();
    }

    public CommandContext Command() => new("test", $"command-{++_messages}");

    public static string Session(string agent) => $"{agent}-session";

    public async Task<ImmutableArray<DomainEvent>> Events(string caseId)
    {
        var recorded = await _world.Journal.ReadStream(new Journal.StreamId(Journal.StreamKind.Case, _world.Workspace, caseId));
        return [.. recorded.Select(entry => entry.Event)];
    }

    public void Dispose() => _world.Dispose();

    public static void Done(AgentResult result) => Assert.Null(result.Refusal);

    /// <summary>One channel, one account, one queue, agents of capacity 1 without heartbeats unless a test says otherwise.</summary>
    public static WorkspaceConfiguration Simple(
        IEnumerable<string> agents, Func<QueueSettings, QueueSettings>? queue = null, Func<AgentSettings, AgentSettings>? agent = null, PresenceSettings? presence = null)
    {
        var settings = new QueueSettings { Name = "support", OfferTimeoutSeconds = 20 };
        return new WorkspaceConfiguration
        {
            Channels = [new ChannelSettings { Name = "chat", OfferTimeoutSeconds = 20 }],
            Accounts = [new AccountSettings { Id = "brand", Channel = "chat" }, new AccountSettings { Id = "other", Channel = "chat" }],
            Skills = [new SkillSettings { Name = "billing" }],
            Queues = [queue is null ? settings : queue(settings)],
            DefaultQueue = "support",
            Agents = [.. agents.Select(id => new AgentSettings { Id = id, Queues = ["support"] }).Select(profile => agent is null ? profile : agent(profile))],
            Presence = presence ?? new PresenceSettings { DisconnectAfterSeconds = 0, IdleTimeoutSeconds = 0, AbsoluteTimeoutSeconds = 0 },
        };
    }
}
