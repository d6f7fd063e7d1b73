using System.Threading.Channels;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests.RealTime;

/// <summary>A workspace of its own for one test, with one queue and the agents it names.</summary>
internal sealed class RealTimeCenter(RealTimeHost host, string workspace)
{
    // An engine does not keep an observer alive.
    private readonly List<Desk> _desks = [];
    private int _commands;

    public static async Task<RealTimeCenter> Open(RealTimeHost host, string workspace, params string[] agents)
    {
        var center = new RealTimeCenter(host, workspace);
        var configured = await host.Grains.GetGrain<IWorkspaceGrain>(workspace).Configure(new WorkspaceConfiguration
        {
            Channels = [new ChannelSettings { Name = "chat", OfferTimeoutSeconds = 60 }],
            Accounts = [new AccountSettings { Id = "brand", Channel = "chat" }],
            Queues = [new QueueSettings { Name = "support" }],
            DefaultQueue = "support",
            Agents = [.. agents.Select(id => new AgentSettings { Id = id, Queues = ["support"] })],
        }, CommandContext.System);
        Assert.Null(configured.Refusal);
        await host.Grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Start();
        return center;
    }

    public IAgentGrain Agent(string id) => host.Grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, id));

    public ICaseGrain Case(string id) => host.Grains.GetGrain<ICaseGrain>(GrainKeys.Of(workspace, id));

    public Task<ReceiveResult> Write(string author, string id, string text = "hola") =>
        host.Grains.GetGrain<ICustomerGrain>(GrainKeys.Of(workspace, $"chat:{author}"))
            .Receive(new IncomingMessage { MessageId = id, Channel = "chat", Account = "brand", Author = author, Text = text });

    public async Task<CaseState> State(string caseId) => (await Case(caseId).Get()).State;

    public CommandContext Command() => new("test", $"{workspace}-{++_commands}");

    /// <summary>Signs an agent in, and shows what their desktop is told.</summary>
    public async Task<Desk> SignIn(string agent)
    {
        var desk = new Desk();
        _desks.Add(desk);
        await Agent(agent).Watch(host.Grains.CreateObjectReference<IAgentObserver>(desk));
        Assert.Null((await Agent(agent).SignIn($"{agent}-session", "desk", "available", Command())).Refusal);
        return desk;
    }
}

/// <summary>An agent's desktop: waits for notices instead of for time.</summary>
internal sealed class Desk : IAgentObserver
{
    // Only what should have come and did not takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<AgentNotice> _notices = Channel.CreateUnbounded<AgentNotice>();

    public void Notify(AgentNotice notice) => _notices.Writer.TryWrite(notice);

    /// <summary>The next notice of a type; those before it are passed over.</summary>
    public async Task<Holding> Next(string type, string? caseId = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var notice in _notices.Reader.ReadAllAsync(patience.Token))
            if (notice.Type == type && notice.Holding is { } holding && (caseId is null || holding.CaseId == caseId)) return holding;
        throw new InvalidOperationException("The desktop was closed.");
    }
}
