namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Is called through filters, and has one itself.</summary>
public interface IToldGrain : IGrainWithStringKey
{
    Task<string> Say(string word);

    Task<int> FailUntil(int attempt);

    Task<string> Ask(IToldGrain other);

    Task TickOnce();
}

public sealed class ToldGrain(Probe probe) : Grain, IToldGrain, IIncomingGrainCallFilter
{
    private int _attempts;

    public Task<string> Say(string word)
    {
        probe.Write($"{this.GetPrimaryKeyString()} says {word} of {RequestContext.Get("steps")}");
        return Task.FromResult(word);
    }

    public Task<int> FailUntil(int attempt) => ++_attempts < attempt ? throw new InvalidOperationException($"attempt {_attempts}") : Task.FromResult(_attempts);

    public Task<string> Ask(IToldGrain other) => other.Say("asked");

    public Task TickOnce()
    {
        this.RegisterGrainTimer(static () => Task.CompletedTask, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        probe.Write($"{this.GetPrimaryKeyString()} own in {context.MethodName}");
        await context.Invoke();
        probe.Write($"{this.GetPrimaryKeyString()} own out {context.MethodName}");
        probe.Signal($"{this.GetPrimaryKeyString()} own out {context.MethodName}");
    }
}
