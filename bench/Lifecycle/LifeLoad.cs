using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Bench.Lifecycle;

/// <summary>Customers who write, and agents who accept, answer and close at once.</summary>
/// <param name="settle">Brings the store to where it is when it has run for long; null: it is there.</param>
internal sealed class LifeLoad(IServiceProvider services, IJournal journal, LifeSettings settings, Func<CancellationToken, Task>? settle = null) : ILives
{
    private const string Workspace = "bench";
    private const int LeastWarmUpSeconds = 6;
    private const int MostWarmUpSeconds = 60;

    // Of a second's arrivals, how many may wait to be offered when a rate's measuring begins: what was late while the compiler worked is not its own.
    private const double MostBehind = 0.02;
    private static readonly TimeSpan CompilerAtRest = TimeSpan.FromMilliseconds(20);

    private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();
    private readonly ConcurrentDictionary<string, long> _arrived = new();
    private readonly ConcurrentQueue<double> _offerMs = new();
    private readonly SemaphoreSlim _room = new(settings.InFlight);
    private readonly List<LifeAgent> _agents = [];
    private long _closed;
    private long _failed;
    private long _next;
    private volatile bool _measuring;

    public IGrainFactory Grains => _grains;

    public async Task<LifeResult> Measure(CancellationToken cancel)
    {
        await SetUp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var load = settings.Rate is { } rate ? AtRate(rate, stop.Token) : Closed(stop.Token);
        await WarmUp(cancel);
        var (before, eventsBefore, began, cpuBefore) = (Volatile.Read(ref _closed), await Position(), Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        _measuring = true;
        await Report("measuring", settings.Seconds, cancel);
        _measuring = false;
        var closed = Volatile.Read(ref _closed) - before;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        var events = await Position() - eventsBefore;
        await stop.CancelAsync();
        await load;
        await Rest(cancel);
        var latencies = _offerMs.Order().ToArray();
        return new LifeResult(
            Math.Round(closed / seconds, 1), Percentile(latencies, 0.5), Percentile(latencies, 0.99), Math.Round((double)events / Math.Max(1, closed), 2),
            Math.Round(cpu.TotalMicroseconds / Math.Max(1, closed), 1), Math.Round(GC.GetTotalPauseDuration().TotalSeconds, 2),
            settings.Store, settings.Rate, settings.Agents, settings.InFlight, Math.Round(seconds, 2), _failed);
    }

    public void Offered(string caseId)
    {
        if (_arrived.TryRemove(caseId, out var at) && _measuring) _offerMs.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
    }

    public void Ended(bool well)
    {
        if (well) Interlocked.Increment(ref _closed);
        else Interlocked.Increment(ref _failed);
        if (settings.Rate is null) _room.Release();
    }

    /// <summary>What is under way ends, unless that takes too long, before the engine does.</summary>
    private async Task Rest(CancellationToken cancel)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var ticks = 0; ticks < 100 && !_arrived.IsEmpty; ticks++) await tick.WaitForNextTickAsync(cancel);
        for (var (last, ticks) = (-1L, 0); ticks < 100 && last != Volatile.Read(ref _closed); ticks++)
        {
            last = Volatile.Read(ref _closed);
            await tick.WaitForNextTickAsync(cancel);
        }
    }

    private async Task SetUp()
    {
        var configured = await _grains.GetGrain<IWorkspaceGrain>(Workspace).Configure(Configuration(), CommandContext.System);
        if (configured.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
        await _grains.GetGrain<IRouterGrain>(GrainKeys.Router(Workspace)).Start();
        for (var i = 0; i < settings.Agents; i++)
        {
            var agent = new LifeAgent(this, Workspace, FormattableString.Invariant($"agent-{i:d5}"));
            await agent.SignIn();
            _agents.Add(agent);
        }
    }

    private WorkspaceConfiguration Configuration() => new()
    {
        Channels = [new ChannelSettings { Name = "chat", OfferTimeoutSeconds = 60 }],
        Accounts = [new AccountSettings { Id = "brand", Channel = "chat" }],
        Queues = [.. Enumerable.Range(0, 4).Select(i => new QueueSettings { Name = $"q{i}" })],
        DefaultQueue = "q0",
        Rules = [.. Enumerable.Range(0, 4).Select(i => new RuleSettings { Name = $"to q{i}", When = [new ConditionSettings { Attribute = "purpose", Values = [$"p{i}"] }], Queue = $"q{i}" })],
        Agents = [.. Enumerable.Range(0, settings.Agents).Select(i => new AgentSettings { Id = $"agent-{i:d5}", Queues = [$"q{i % 4}", $"q{(i + 1) % 4}"], Capacity = 5 })],
        Presence = new PresenceSettings { DisconnectAfterSeconds = 0, IdleTimeoutSeconds = 0, AbsoluteTimeoutSeconds = 0 },
    };

    private async Task Closed(CancellationToken stop)
    {
        var senders = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await _room.WaitAsync(CancellationToken.None);
                Send().Forget();
            }
        }, CancellationToken.None));
        await Task.WhenAll(senders);
    }

    private async Task AtRate(int rate, CancellationToken stop)
    {
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!stop.IsCancellationRequested)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate); sent < due; sent++) Send().Forget();
        }
    }

    private async Task Send()
    {
        var number = Interlocked.Increment(ref _next);
        var author = FormattableString.Invariant($"a{number}");
        var caseId = Routing.Cases.CaseIds.For(Workspace, $"chat:{author}", 1);
        _arrived[caseId] = Stopwatch.GetTimestamp();
        var message = new IncomingMessage
        {
            MessageId = FormattableString.Invariant($"m{number}"), Channel = "chat", Account = "brand", Author = author,
            Text = "Hola, no me llega la factura de este mes.", Purpose = FormattableString.Invariant($"p{number % 4}"),
        };
        try
        {
            var result = await _grains.GetGrain<ICustomerGrain>(GrainKeys.Of(Workspace, $"chat:{author}")).Receive(message);
            if (result.Refusal is null) return;
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }
        _arrived.TryRemove(caseId, out _);
        Ended(well: false);
    }

    /// <summary>A server runs for weeks: neither its compiler is to be measured, nor its database's first files.</summary>
    private async Task WarmUp(CancellationToken cancel)
    {
        await Report("warming up", LeastWarmUpSeconds, cancel);
        await UntilTheCompilerRests(cancel);
        if (settle is null) return;
        await settle(cancel);
        await UntilTheCompilerRests(cancel);
    }

    /// <summary>Until it has hardly anything left to do, and what it delayed is done.</summary>
    private async Task UntilTheCompilerRests(CancellationToken cancel)
    {
        for (var (seconds, last) = (LeastWarmUpSeconds, JitInfo.GetCompilationTime()); seconds < MostWarmUpSeconds; seconds++)
        {
            await Report("warming up", 1, cancel);
            var now = JitInfo.GetCompilationTime();
            if (now - last < CompilerAtRest && (settings.Rate is not { } rate || _arrived.Count <= rate * MostBehind)) return;
            last = now;
        }
    }

    private async Task Report(string what, int seconds, CancellationToken cancel)
    {
        var last = Volatile.Read(ref _closed);
        for (var i = 0; i < seconds; i++)
        {
            await Task.Delay(1000, cancel);
            var now = Volatile.Read(ref _closed);
            await Console.Error.WriteLineAsync($"{what}: {now - last} cases/s, {_arrived.Count} not offered yet, {_failed} failed");
            last = now;
        }
    }

    /// <summary>Positions count events, so their difference counts those in between.</summary>
    private async Task<long> Position()
    {
        var number = Interlocked.Increment(ref _next);
        var result = await journal.Append(new Append(
            new StreamAppend(new StreamId(StreamKind.Workspace, "mark", FormattableString.Invariant($"{number}")), 0,
                [new Routing.Workspaces.WorkspaceConfigured { At = DateTimeOffset.UnixEpoch, Configuration = new WorkspaceConfiguration() }]), []));
        return ((AppendResult.Committed)result).Position;
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 3);
}

internal static class Forgetting
{
    /// <summary>Set going; it handles its own errors.</summary>
    public static void Forget(this Task task) => _ = task;
}
