using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

public interface IAmbientGrain : IGrainWithStringKey
{
    Task<string?> Read();

    Task Write(string value);
}

public sealed class AmbientGrain : Grain, IAmbientGrain
{
    public static AsyncLocal<string>? Watched { get; set; }

    public Task<string?> Read() => Task.FromResult(Watched?.Value);

    public Task Write(string value)
    {
        Watched!.Value = value;
        return Task.CompletedTask;
    }
}

/// <summary>Any of several activations answers.</summary>
public interface IWorkerGrain : IGrainWithStringKey
{
    Task<int> Work(string gate);
}

[StatelessWorker(3)]
public sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private readonly int _number = probe.Count("workers");

    public async Task<int> Work(string gate)
    {
        probe.Signal($"{gate} {probe.Count(gate)}");
        await probe.Signalled(gate);
        return _number;
    }
}

/// <summary>Takes a token, or its time.</summary>
public interface IPatientGrain : IGrainWithStringKey
{
    Task WaitUntilCancelled(string name, CancellationToken cancellation);

    Task<bool> CancelledInTurn(string name, CancellationToken cancellation);

    [ResponseTimeout("00:00:01")]
    Task TakeLong(string gate);

    Task Hold(string gate);

    [OneWay]
    Task FailQuietly(string name);

    [OneWay]
    Task Hurry(string gate);
}

public sealed class PatientGrain(Probe probe) : Grain, IPatientGrain
{
    public async Task WaitUntilCancelled(string name, CancellationToken cancellation)
    {
        probe.Signal(name + " waits");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            probe.Signal(name + " cancelled");
            throw;
        }
    }

    public async Task<bool> CancelledInTurn(string name, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource<bool>();
        TaskScheduler own = TaskScheduler.Current;
        using CancellationTokenRegistration registration = cancellation.Register(() => cancelled.SetResult(TaskScheduler.Current == own));
        probe.Signal(name + " waits");
        bool inTurn = await cancelled.Task;
        probe.Signal(name + (inTurn ? " in turn" : " not in turn"));
        return inTurn;
    }

    public async Task TakeLong(string gate)
    {
        await probe.Signalled(gate);
        probe.Signal(gate + " over");
    }

    public async Task Hold(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public Task FailQuietly(string name)
    {
        probe.Signal(name);
        throw new InvalidOperationException("nobody hears this");
    }

    public async Task Hurry(string gate)
    {
        await probe.Signalled(gate);
        probe.Signal(gate + " over");
    }
}
