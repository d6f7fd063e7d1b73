using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

public interface IBasicGrain : IGrainWithStringKey
{
    Task<int> Add(int value);

    ValueTask<int> AddQuickly(int value);

    Task<int> AddSlowly(int value);

    Task Nothing();

    ValueTask NothingQuickly();

    Task<string> Key();

    Task<string> Fail(string message);

    Task FailLater(string message);

    Task<int> ActivationNumber();

    Task WaitFor(string gate);

    [OneWay]
    Task Tell(string word);
}

public sealed class BasicGrain(Probe probe) : Grain, IBasicGrain
{
    private readonly int _number = probe.Count("activations");
    private int _sum;

    public Task<int> Add(int value) => Task.FromResult(_sum += value);

    public ValueTask<int> AddQuickly(int value) => new(_sum += value);

    public async Task<int> AddSlowly(int value)
    {
        int before = _sum;
        await Task.Yield();
        return _sum = before + value;
    }

    public Task Nothing() => Task.CompletedTask;

    public ValueTask NothingQuickly() => default;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> Fail(string message) => throw new InvalidOperationException(message);

    public async Task FailLater(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task<int> ActivationNumber() => Task.FromResult(_number);

    public async Task WaitFor(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public Task Tell(string word)
    {
        probe.Write(word);
        probe.Signal(word);
        return Task.CompletedTask;
    }
}
