namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Reads and sets the request context at every step.</summary>
public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Read(string key);

    /// <summary>The values that the others of the chain saw, each adding its own.</summary>
    Task<string[]> ReadAlong(string key, IContextGrain[] others);

    Task<string?> SeenAtStart();

    /// <summary>Set in a method that is not async, so that it stays on the thread unless the engine clears it.</summary>
    Task Litter(string key);

    Task<string?> SetThenCallThenRead(string key, IContextGrain other);

    Task Overwrite(string key);

    Task TickOnce();

    Task<string[]> Twice(string key, IContextGrain other);
}

public sealed class ContextGrain(Probe probe) : Grain, IContextGrain
{
    private string? _atStart;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atStart = RequestContext.Get("who") as string;
        RequestContext.Set("left by the start", "yes");
        return Task.CompletedTask;
    }

    public Task<string?> Read(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string[]> ReadAlong(string key, IContextGrain[] others)
    {
        string seen = RequestContext.Get(key) as string ?? "nothing";
        RequestContext.Set(key, seen + "+");
        await Task.Yield();
        return others is [var next, .. var rest] ? [seen, .. await next.ReadAlong(key, rest)] : [seen];
    }

    public Task<string?> SeenAtStart() => Task.FromResult(_atStart);

    public Task Litter(string key)
    {
        RequestContext.Set(key, "litter");
        return Task.CompletedTask;
    }

    public async Task<string?> SetThenCallThenRead(string key, IContextGrain other)
    {
        RequestContext.Set(key, "mine");
        await other.Overwrite(key);
        return await Read(key);
    }

    public async Task Overwrite(string key)
    {
        RequestContext.Set(key, "theirs");
        await Task.Yield();
    }

    public Task TickOnce()
    {
        this.RegisterGrainTimer(
            () =>
            {
                probe.Signal($"{Key} tick saw {RequestContext.Get("who") ?? "nothing"}");
                return Task.CompletedTask;
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task<string[]> Twice(string key, IContextGrain other)
    {
        RequestContext.Set(key, "first");
        Task<string?> first = other.Read(key);
        RequestContext.Set(key, "second");
        Task<string?> second = other.Read(key);
        RequestContext.Remove(key);
        return [await first ?? "", await second ?? "", await other.Read(key) ?? "nothing"];
    }
}
