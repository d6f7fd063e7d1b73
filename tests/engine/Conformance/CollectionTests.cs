using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Idle collection: who goes and who stays. Real time, since the collector of Orleans has no other; the ages are short.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private TestEngine? _engine;

    private TestEngine Engine => _engine!;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.Start(static options =>
    {
        options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
        options.CollectionAge = TimeSpan.FromSeconds(2);
    });

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    [Fact]
    public async Task An_idle_grain_goes_and_those_with_a_reason_stay()
    {
        var idle = Engine.Grains.GetGrain<ILifeGrain>("idle");
        Task busy = Engine.Grains.GetGrain<ILifeGrain>("busy").WaitFor("gate");
        await Engine.Grains.GetGrain<IKeptGrain>("kept").Call();
        await Engine.Grains.GetGrain<ILimitedGrain>("limited").Call();
        await Engine.Grains.GetGrain<IDelayedGrain>("delayed").Delay(3600);
        await Engine.Grains.GetGrain<IDelayedGrain>("forever").Delay(-1);
        await Engine.Grains.GetGrain<IDelayedGrain>("taken back").Delay(3600);
        await Engine.Grains.GetGrain<IDelayedGrain>("taken back").Delay(0);
        await Engine.Grains.GetGrain<IDelayedGrain>("ticking and kept").Tick(keepAlive: true);
        await Engine.Grains.GetGrain<IDelayedGrain>("only ticking").Tick(keepAlive: false);
        int number = await idle.Number();
        await Engine.Probe.Signalled("idle deactivated");
        await Engine.Probe.Signalled("taken back ends");
        await Engine.Probe.Signalled("only ticking ends");
        Assert.Contains("idle ActivationIdle", Engine.Probe.Log);
        Assert.NotEqual(number, await idle.Number());
        foreach (string staying in new[] { "kept", "limited", "delayed", "forever", "ticking and kept" })
        {
            Assert.DoesNotContain("ends", Engine.Probe.LogOf(staying));
        }

        Assert.False(busy.IsCompleted);
        Assert.Empty(Engine.Probe.LogOf("busy"));
        Engine.Probe.Signal("gate");
        await busy;
    }
}
