using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Bench.Lifecycle;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Bench.Recovery;

/// <summary>Fills a journal with open cases through the grains, in this process; and, in the end, has agents work off everything that waits.</summary>
internal sealed class OpenCases(IServiceProvider services, IJournal journal) : ILives
{
    internal const string Workspace = "bench";
    private const int Agents = 200;
    private const int AtOnce = 500;
    private const int PatienceSeconds = 20;

    private readonly List<LifeAgent> _agents = [];
    private long _ended;
    private long _failed;

    public IGrainFactory Grains { get; } = services.GetRequiredService<IGrainFactory>();

    public void Offered(string caseId) { }

    public void Ended(bool well)
    {
        Interlocked.Increment(ref _ended);
        if (!well) Interlocked.Increment(ref _failed);
    }

    /// <returns>Message → its case.</returns>
    internal async Task<ConcurrentDictionary<string, string>> Fill(int open, CancellationToken cancel)
    {
        var configured = await Grains.GetGrain<IWorkspaceGrain>(Workspace).Configure(Configuration(), CommandContext.System);
        if (configured.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
        var messages = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, open), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (number, _) =>
        {
            var message = new IncomingMessage
            {
                MessageId = FormattableString.Invariant($"filled-{number}"), Channel = "chat", Account = "brand", Author = FormattableString.Invariant($"f{number}"),
                Text = "Hola, no me llega la factura de este mes.", Purpose = FormattableString.Invariant($"p{number % 4}"),
            };
            var result = await Grains.GetGrain<ICustomerGrain>(GrainKeys.Of(Workspace, $"chat:{message.Author}")).Receive(message);
            if (result.Refusal is { } refused) throw new InvalidOperationException(refused.Detail);
            messages[message.MessageId] = result.CaseId;
            if (messages.Count % 10_000 == 0) await Console.Error.WriteLineAsync($"{messages.Count:N0} cases are open");
        });
        return messages;
    }

    /// <summary>Until nothing waits for an agent, or nothing moves any more.</summary>
    /// <returns>Cases that wait still.</returns>
    internal async Task<int> WorkOff(CancellationToken cancel)
    {
        await Grains.GetGrain<IRouterGrain>(GrainKeys.Router(Workspace)).Start();
        for (var i = 0; i < Agents; i++)
        {
            _agents.Add(new LifeAgent(this, Workspace, AgentId(i)));
            await _agents[i].SignIn();
        }
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (last, quiet) = (-1L, 0);
        while (quiet < PatienceSeconds && await Waiting(cancel) is > 0 and var open)
        {
            await Console.Error.WriteLineAsync($"{open:N0} cases to go, {Volatile.Read(ref _failed)} steps failed");
            await tick.WaitForNextTickAsync(cancel);
            quiet = Volatile.Read(ref _ended) == last ? quiet + 1 : 0;
            last = Volatile.Read(ref _ended);
        }
        return await Waiting(cancel);
    }

    internal static string AgentId(int number) => FormattableString.Invariant($"agent-{number:d5}");

    // What agents had in their hands when the server died is theirs still.
    private async Task<int> Waiting(CancellationToken cancel) =>
        (await journal.Read.OpenByQueue(Workspace, cancel)).Where(queue => queue.Status is CaseStatus.Queued or CaseStatus.Offered).Sum(queue => queue.Count);

    private static WorkspaceConfiguration Configuration() => new()
    {
        Channels = [new ChannelSettings { Name = "chat", OfferTimeoutSeconds = 10 }],
        Accounts = [new AccountSettings { Id = "brand", Channel = "chat" }],
        Queues = [.. Enumerable.Range(0, 4).Select(i => new QueueSettings { Name = $"q{i}" })],
        DefaultQueue = "q0",
        Rules = [.. Enumerable.Range(0, 4).Select(i => new RuleSettings { Name = $"to q{i}", When = [new ConditionSettings { Attribute = "purpose", Values = [$"p{i}"] }], Queue = $"q{i}" })],
        Agents = [.. Enumerable.Range(0, Agents).Select(i => new AgentSettings { Id = AgentId(i), Queues = [$"q{i % 4}", $"q{(i + 1) % 4}"], Capacity = 10 })],
        Presence = new PresenceSettings { DisconnectAfterSeconds = 0, IdleTimeoutSeconds = 0, AbsoluteTimeoutSeconds = 0 },
    };
}
