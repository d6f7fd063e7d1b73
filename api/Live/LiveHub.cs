using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RoutingGrid.Api.Agents;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Queues;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Live;

/// <summary>Live feeds for browsers, many over one connection. Clients get <c>notice</c> and <c>wallboard</c>.</summary>
internal sealed class LiveHub(LiveServices services, IJournal journal, IHubContext<LiveHub> hub) : Hub
{
    public const string Path = "/v1/live";

    private const int MostFeeds = 1_000;
    private static readonly object FeedsKey = new();

    private Caller Caller => Authentication.Caller.Of(Context.User);

    private ConcurrentDictionary<string, Feed> Feeds => (ConcurrentDictionary<string, Feed>)Context.Items[FeedsKey]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[FeedsKey] = new ConcurrentDictionary<string, Feed>();
        return base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var (_, feed) in Feeds) await feed.DisposeAsync();
        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>The client gets this agent's notices, an <c>agent.snapshot</c> first.</summary>
    public async Task WatchAgent(string workspace, string agentId)
    {
        Demand(workspace, agentId, Roles.SupervisorsAndAgents.AsSpan());
        if (await AgentReads.WhyNot(workspace, agentId, services.Grains, journal, Context.ConnectionAborted) is { } refusal)
            throw new HubException($"{refusal.Code}: {refusal.Detail}");
        await Watch($"agent/{workspace}/{agentId}", "notice", () => new AgentFeed(workspace, agentId, Caller, services));
    }

    /// <summary>The client gets the workspace's numbers, now and at every change.</summary>
    public async Task WatchWallboard(string workspace)
    {
        Demand(workspace, null, Roles.Supervisors.AsSpan());
        if (!await QueueEndpoints.IsConfigured(services.Grains, workspace))
            throw new HubException($"WorkspaceUnknown: Workspace '{workspace}' has no configuration yet.");
        await Watch($"wallboard/{workspace}", "wallboard", () => new WallboardFeed(workspace, Caller, services));
    }

    private void Demand(string workspace, string? agentId, ReadOnlySpan<Role> roles)
    {
        var caller = Caller;
        if (string.IsNullOrEmpty(workspace) || workspace.Contains('/') || agentId is "")
            throw new HubException("InvalidValue: the workspace, or the agent, has no usable name.");
        if (!caller.IsOneOf(roles) || !caller.Opens(workspace) || (caller.AgentId is { } own && own != agentId))
            throw new HubException("Forbidden: this key may not watch this.");
    }

    private async Task Watch(string name, string method, Func<Feed> create)
    {
        var feeds = Feeds;
        if (feeds.ContainsKey(name)) return;
        if (feeds.Count >= MostFeeds) throw new HubException($"TooManyFeeds: one connection watches {MostFeeds} at the most.");
        var feed = create();
        if (!feeds.TryAdd(name, feed))
        {
            await feed.DisposeAsync();
            return;
        }
        await feed.Start();

        // Not the hub's own members: a hub lives as long as one call of it.
        _ = Pump(feed, method, hub.Clients.Client(Context.ConnectionId), Context);
    }

    private static async Task Pump(Feed feed, string method, IClientProxy client, HubCallerContext connection)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted, feed.Dropped);
        try
        {
            await foreach (var happened in feed.Events.ReadAllAsync(ended.Token))
                if (happened.Data is { } data) await client.SendAsync(method, data, ended.Token);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            // One slow feed cannot be told from the others of its connection; the client connects again and gets snapshots.
            connection.Abort();
        }
    }
}
