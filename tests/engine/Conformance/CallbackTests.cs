using System.Runtime.CompilerServices;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 8 in detail: one call to an observer at a time, and what becomes of those that are gone.</summary>
public sealed class CallbackTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task The_second_call_waits_until_the_first_has_ended()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        await host.Stay(reference, [Key() + " 1", Key() + " 2"]);
        await Probe.Signalled(Key() + " 1 reached");
        Task<string> answer = host.Answer(reference);
        Assert.False(Probe.IsSignalled(Key() + " 2 reached"));
        Probe.Signal(Key() + " 1");
        await Probe.Signalled(Key() + " 2 reached");
        Assert.False(answer.IsCompleted);
        Probe.Signal(Key() + " 2");
        Assert.Equal(Key(), await answer);
        GC.KeepAlive(visitor);
    }

    [Fact]
    public async Task Two_observers_do_not_wait_for_each_other()
    {
        (IHostGrain host, Visitor first, IVisitor firstReference) = Visit();
        (_, Visitor second, IVisitor secondReference) = Visit();
        await host.Stay(firstReference, [Key() + " 1"]);
        await Probe.Signalled(Key() + " 1 reached");
        Assert.Equal(Key(), await host.Answer(secondReference));
        Probe.Signal(Key() + " 1");
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Fact]
    public async Task Calls_of_one_grain_arrive_whole()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        await host.CountDown(reference, 200);
        await Probe.Signalled(Key() + " counted");
        Assert.Equal(Enumerable.Range(0, 201).Reverse(), visitor.Counted);
    }

    [Fact]
    public async Task An_observer_may_call_grains()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        Assert.Equal($"{Key()} asks {Key()}", await host.AskBack(reference));
        GC.KeepAlive(visitor);
    }

    [Fact]
    public async Task Its_exceptions_reach_the_grain_and_the_manager_drops_it()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        await host.Welcome(reference);
        Assert.Equal(1, await host.NotifyAll("answer"));
        Assert.Equal(0, await host.NotifyAll("refuse"));
        GC.KeepAlive(visitor);
    }

    [Fact]
    public async Task A_deleted_one_does_not_answer_and_is_dropped()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        await host.Welcome(reference);
        Grains.DeleteObjectReference<IVisitor>(reference);
        await Assert.ThrowsAsync<TimeoutException>(() => host.Answer(reference));
        Assert.Equal(0, await host.NotifyAll("answer"));
        GC.KeepAlive(visitor);
    }

    [Fact]
    public async Task A_forgotten_one_is_not_kept_alive_by_its_reference()
    {
        var host = Grains.GetGrain<IHostGrain>(Key());
        (WeakReference forgotten, IVisitor reference) = Forgotten(Key());
        while (forgotten.IsAlive)
        {
            await Task.Yield();
            GC.Collect();
        }

        await Assert.ThrowsAsync<TimeoutException>(() => host.Answer(reference));
    }

    [Fact]
    public async Task The_manager_notifies_whom_it_is_told_to()
    {
        (IHostGrain host, Visitor first, IVisitor firstReference) = Visit();
        var second = new Visitor(Probe, "second");
        await host.Welcome(firstReference);
        await host.Welcome(Grains.CreateObjectReference<IVisitor>(second));
        Assert.Equal(2, await host.Guests());
        Assert.Equal(1, await host.NotifyWhere("second"));
        Assert.Equal(20, await host.SayGoodbyeWhileNotifying());
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Fact]
    public async Task The_manager_lets_go_of_those_that_do_not_renew()
    {
        (IHostGrain host, Visitor visitor, IVisitor reference) = Visit();
        await host.Welcome(reference);
        Assert.Equal(1, await host.Expire(60));
        await host.Welcome(reference);
        Assert.Equal(1, await host.Expire(60));
        Assert.Equal(0, await host.Expire(1));
        await host.Welcome(reference);
        Assert.Equal(0, await host.ClearAll());
        GC.KeepAlive(visitor);
    }

    private (IHostGrain Host, Visitor Visitor, IVisitor Reference) Visit([CallerMemberName] string test = "")
    {
        var visitor = new Visitor(Probe, test);
        return (Grains.GetGrain<IHostGrain>(test), visitor, Grains.CreateObjectReference<IVisitor>(visitor));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference Visitor, IVisitor Reference) Forgotten(string name)
    {
        var visitor = new Visitor(Probe, name);
        return (new(visitor), Grains.CreateObjectReference<IVisitor>(visitor));
    }
}
