using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Live;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Live;
using RoutingGrid.Routing.Matching;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Grains.Live;

/// <summary>Live numbers, from the read models and the day's events. Works only while someone watches.</summary>
internal sealed class WallboardGrain : Grain, IWallboardGrain
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly IJournal _journal;
    private readonly ConfigurationCache _configurations;
    private readonly TimeProvider _time;
    private readonly ObserverManager<IWallboardObserver> _observers;
    private DayTail? _day;
    private IGrainTimer? _timer;
    private WallboardSnapshot? _last;

    public WallboardGrain(IJournal journal, ConfigurationCache configurations, TimeProvider time, ILogger<WallboardGrain> log)
    {
        (_journal, _configurations, _time) = (journal, configurations, time);
        _observers = new ObserverManager<IWallboardObserver>(TimeSpan.FromMinutes(1), log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
    }

    public async Task<WallboardSnapshot> Get()
    {
        var now = _time.GetUtcNow();
        if (_last is null || now - _last.At >= Every) _last = await Compute(now);
        return _last;
    }

    public Task Watch(IWallboardObserver observer)
    {
        _observers.Subscribe((IAddressable)observer, observer);
        _timer ??= this.RegisterGrainTimer(Tell, new GrainTimerCreationOptions(Every, Every));
        return Task.CompletedTask;
    }

    private async Task Tell()
    {
        _observers.ClearExpired();
        if (_observers.Count == 0)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }
        var snapshot = await Get();
        _observers.Notify(observer => observer.Changed(snapshot));
    }

    private async Task<WallboardSnapshot> Compute(DateTimeOffset now)
    {
        var workspace = this.GetPrimaryKeyString();
        var configuration = await _configurations.Get(workspace);
        if (configuration is null) return new WallboardSnapshot(now, [], Numbers("", default, [], 0), [], []);
        if (_day is null || _day.Date != now.UtcDateTime.Date) _day = await DayTail.Begin(_journal, WorkspaceGrain.StreamOf(workspace), now);
        await _day.CatchUp();
        var open = await _journal.Read.OpenByQueue(workspace);
        var oldest = await GrainFactory.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Queues();
        var queues = configuration.Settings.Queues
            .Select(queue => Numbers(queue.Name, _day.Numbers.Flow(queue.Name), open.Where(count => count.Queue == queue.Name), Longest(oldest, queue.Name, now)))
            .ToImmutableArray();
        var total = Numbers("", _day.Numbers.Total(), open, queues.IsEmpty ? 0 : queues.Max(queue => queue.LongestWaitSeconds));
        return new WallboardSnapshot(now, queues, total, await Activities(workspace, configuration), [.. _day.Numbers.Steps.Select(Decision)]);
    }

    private static double Longest(ImmutableArray<QueueSnapshot> queues, string queue, DateTimeOffset now)
    {
        foreach (var snapshot in queues)
            if (snapshot.Queue == queue && snapshot.LongestSince is { } since) return Math.Max(0, (now - since).TotalSeconds);
        return 0;
    }

    private static QueueNumbers Numbers(string queue, QueueCounts flow, IEnumerable<QueueCount> open, double longest)
    {
        int waiting = 0, offered = 0, inHands = 0;
        foreach (var count in open)
        {
            if (count.Status == CaseStatus.Queued) waiting += count.Count;
            else if (count.Status == CaseStatus.Offered) offered += count.Count;
            else if (count.Status == CaseStatus.Assigned) inHands += count.Count;
        }
        return new QueueNumbers(
            queue, waiting, offered, inHands, longest,
            flow.Arrived, flow.Assigned, flow.Answered, flow.Closed, flow.Abandoned, flow.TmeSeconds, flow.TmoSeconds, flow.ServiceLevel);
    }

    private async Task<ImmutableArray<ActivityCount>> Activities(string workspace, CompiledConfiguration configuration)
    {
        var rows = await _journal.Read.Agents(workspace);
        var present = rows.Where(row => row.State.Presence != Presence.Offline).ToLookup(row => row.State.Activity);
        var known = configuration.Settings.Activities.Where(activity => activity.Name != AgentDecisions.Offline.Name)
            .Append(AgentDecisions.Unavailable).DistinctBy(activity => activity.Name);
        var offline = Math.Max(0, configuration.Settings.Agents.Length - rows.Count(row => row.State.Presence != Presence.Offline));
        return [.. known.Select(activity => new ActivityCount(activity.Name, activity.Available, present[activity.Name].Count())),
            new ActivityCount(AgentDecisions.Offline.Name, false, offline)];
    }

    private static RoutingDecision Decision(RoutingStep step) => new(step.At, step.What, step.CaseId, step.Queue, step.AgentId, step.Reason);
}
