using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace RoutingGrid.Engine.Tests.Grains;

public interface IListener : IGrainObserver
{
    [OneWay]
    Task Hear(string word);

    void HearPlain(string word);

    Task<int> Ask(List<string> words);
}

public sealed class Listener(Probe probe, string name) : IListener
{
    private int _running;

    public bool Overlapped { get; private set; }

    public async Task Hear(string word)
    {
        Overlapped |= Interlocked.Increment(ref _running) > 1;
        await Task.Yield();
        probe.Write($"{name} heard {word}");
        probe.Signal($"{name} heard {word}");
        Interlocked.Decrement(ref _running);
    }

    public void HearPlain(string word) => probe.Signal($"{name} heard {word}");

    public Task<int> Ask(List<string> words)
    {
        words.Add("answered");
        return Task.FromResult(words.Count);
    }
}

public interface ITownCrierGrain : IGrainWithStringKey
{
    Task Subscribe(IListener listener);

    Task Unsubscribe(IListener listener);

    Task<int> Cry(string word);

    Task CryPlain(string word);

    Task<int> Ask();

    Task LetTimePass(int seconds);

    Task<int> Count();
}

public sealed class TownCrierGrain : Grain, ITownCrierGrain
{
    private readonly ObserverManager<IListener> _listeners = new(TimeSpan.FromSeconds(60), NullLogger.Instance);
    private DateTime _now = DateTime.UnixEpoch;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _listeners.GetDateTime = () => _now;
        return Task.CompletedTask;
    }

    public Task Subscribe(IListener listener)
    {
        _listeners.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IListener listener)
    {
        _listeners.Unsubscribe(listener);
        return Task.CompletedTask;
    }

    public async Task<int> Cry(string word)
    {
        await _listeners.Notify(listener => listener.Hear(word));
        return _listeners.Count;
    }

    public Task CryPlain(string word)
    {
        _listeners.Notify(listener => listener.HearPlain(word));
        return Task.CompletedTask;
    }

    public async Task<int> Ask()
    {
        int sum = 0;
        List<string> words = ["one"];
        foreach (IListener listener in _listeners)
        {
            sum += await listener.Ask(words);
        }

        return (sum * 10) + words.Count;
    }

    public Task LetTimePass(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return Task.CompletedTask;
    }

    public Task<int> Count() => Task.FromResult(_listeners.Count);
}
