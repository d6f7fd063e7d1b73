using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 8: objects that grains call back into.</summary>
public sealed class ObserverTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task An_observer_hears_and_answers()
    {
        var crier = Grains.GetGrain<ITownCrierGrain>(Key());
        var listener = new Listener(Probe, Key());
        var reference = Grains.CreateObjectReference<IListener>(listener);
        await crier.Subscribe(reference);
        Assert.Equal(1, await crier.Cry("news"));
        await Probe.Signalled(Key() + " heard news");
        await crier.CryPlain("plain news");
        await Probe.Signalled(Key() + " heard plain news");
        Assert.Equal(21, await crier.Ask());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_to_one_observer_do_not_overlap()
    {
        var crier = Grains.GetGrain<ITownCrierGrain>(Key());
        var listener = new Listener(Probe, Key());
        await crier.Subscribe(Grains.CreateObjectReference<IListener>(listener));
        for (int i = 0; i < 100; i++)
        {
            await crier.Cry(i.ToString());
        }

        await Probe.Signalled(Key() + " heard 99");
        Assert.False(listener.Overlapped);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Subscribing_again_renews_and_silence_expires()
    {
        var crier = Grains.GetGrain<ITownCrierGrain>(Key());
        var faithful = new Listener(Probe, Key() + " faithful");
        var silent = new Listener(Probe, Key() + " silent");
        var faithfulReference = Grains.CreateObjectReference<IListener>(faithful);
        var silentReference = Grains.CreateObjectReference<IListener>(silent);
        await crier.Subscribe(faithfulReference);
        await crier.Subscribe(silentReference);
        await crier.LetTimePass(40);
        await crier.Subscribe(faithfulReference);
        Assert.Equal(2, await crier.Cry("early"));
        await crier.LetTimePass(40);
        Assert.Equal(1, await crier.Cry("late"));
        await Probe.Signalled(Key() + " faithful heard late");
        await Probe.Signalled(Key() + " silent heard early");
        Assert.DoesNotContain(Key() + " silent heard late", Probe.Log);
        await crier.Unsubscribe(faithfulReference);
        Assert.Equal(0, await crier.Count());
        GC.KeepAlive(faithful);
        GC.KeepAlive(silent);
    }

    [Fact]
    public async Task A_deleted_observer_hears_nothing_more()
    {
        var crier = Grains.GetGrain<ITownCrierGrain>(Key());
        var gone = new Listener(Probe, Key() + " gone");
        var stays = new Listener(Probe, Key() + " stays");
        var goneReference = Grains.CreateObjectReference<IListener>(gone);
        await crier.Subscribe(goneReference);
        await crier.Subscribe(Grains.CreateObjectReference<IListener>(stays));
        Grains.DeleteObjectReference<IListener>(goneReference);
        await crier.Cry("news");
        await Probe.Signalled(Key() + " stays heard news");
        Assert.DoesNotContain(Key() + " gone heard news", Probe.Log);
        GC.KeepAlive(gone);
        GC.KeepAlive(stays);
    }
}
