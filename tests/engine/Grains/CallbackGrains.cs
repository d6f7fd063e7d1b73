using Orleans.Concurrency;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace RoutingGrid.Engine.Tests.Grains;

public interface IVisitor : IGrainObserver
{
    /// <summary>Waits at the gate.</summary>
    [OneWay]
    Task Stay(string gate);

    Task<string> Refuse();

    [ResponseTimeout("00:00:01")]
    Task<string> Answer();

    Task<string> AskBack(IHostGrain host);

    [OneWay]
    Task Count(int number);
}

public sealed class Visitor(Probe probe, string name) : IVisitor
{
    public List<int> Counted { get; } = [];

    public async Task Stay(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
        probe.Signal(gate + " left");
    }

    public Task<string> Refuse() => throw new InvalidOperationException(name + " refuses");

    public Task<string> Answer() => Task.FromResult(name);

    public async Task<string> AskBack(IHostGrain host) => $"{name} asks {await host.Name()}";

    public async Task Count(int number)
    {
        await Task.Yield();
        Counted.Add(number);
        if (number == 0)
        {
            probe.Signal(name + " counted");
        }
    }
}

/// <summary>Has visitors, and an observer manager to look after them.</summary>
public interface IHostGrain : IGrainWithStringKey
{
    Task Welcome(IVisitor visitor);

    Task<int> Guests();

    [AlwaysInterleave]
    Task<string> Name();

    Task<int> NotifyAll(string what);

    Task<int> NotifyWhere(string name);

    Task<string> AskBack(IVisitor visitor);

    Task<string> Answer(IVisitor visitor);

    Task Stay(IVisitor visitor, string[] gates);

    Task CountDown(IVisitor visitor, int from);

    Task<int> SayGoodbyeWhileNotifying();

    Task<int> Expire(int seconds);

    Task<int> ClearAll();
}

public sealed class HostGrain : Grain, IHostGrain
{
    private readonly ObserverManager<string, IVisitor> _visitors = new(TimeSpan.FromSeconds(60), NullLogger.Instance);
    private DateTime _now = DateTime.UnixEpoch;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _visitors.GetDateTime = () => _now;
        return Task.CompletedTask;
    }

    public async Task Welcome(IVisitor visitor) => _visitors.Subscribe(await visitor.Answer(), visitor);

    public Task<int> Guests() => Task.FromResult(_visitors.Count);

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task<int> NotifyAll(string what)
    {
        await _visitors.Notify(visitor => what == "refuse" ? visitor.Refuse() : visitor.Answer());
        return _visitors.Count;
    }

    public async Task<int> NotifyWhere(string name)
    {
        int notified = 0;
        string wanted = "";
        await _visitors.Notify(
            async visitor =>
            {
                wanted = await visitor.Answer();
                notified += wanted == name ? 1 : 100;
            },
            visitor => _visitors.Observers[name].Equals(visitor));
        return notified;
    }

    public Task<string> AskBack(IVisitor visitor) => visitor.AskBack(this.AsReference<IHostGrain>());

    public Task<string> Answer(IVisitor visitor) => visitor.Answer();

    public async Task Stay(IVisitor visitor, string[] gates)
    {
        foreach (string gate in gates)
        {
            await visitor.Stay(gate);
        }
    }

    public async Task CountDown(IVisitor visitor, int from)
    {
        for (int i = from; i >= 0; i--)
        {
            await visitor.Count(i);
        }
    }

    public async Task<int> SayGoodbyeWhileNotifying()
    {
        int notified = 0;
        await _visitors.Notify(async visitor =>
        {
            notified++;
            _visitors.Clear();
            await visitor.Answer();
        });
        return (10 * notified) + _visitors.Count;
    }

    public Task<int> Expire(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        _visitors.ClearExpired();
        return Guests();
    }

    public Task<int> ClearAll()
    {
        _visitors.Clear();
        return Guests();
    }
}
