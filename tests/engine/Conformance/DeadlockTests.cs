using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>
/// Behaviour 3, the rest: grains that wait for each other end in a <see cref="TimeoutException"/>; on Orleans after the response
/// timeout, which is short here, and on the embedded engine at once.
/// </summary>
public sealed class DeadlockTests
{
    [Fact]
    public async Task A_call_that_comes_back_to_a_waiting_grain_ends_in_a_timeout()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        var c = engine.Grains.GetGrain<IRingGrain>("c");
        TimeoutException error = await Assert.ThrowsAnyAsync<TimeoutException>(() => a.Through([b, c, a]));
#if !ORLEANS
        Assert.Equal("ring/a → ring/b.Through, ring/b → ring/c.Through, ring/c → ring/a.Through", Assert.IsType<GrainDeadlockException>(error).Chain);
#endif
        Assert.Equal("a", await a.Name());
        Assert.Equal("c", await b.Through([c]));
    }

    [Fact]
    public async Task Filters_around_the_calls_hide_no_circle()
    {
        await using TestEngine engine = await TestEngine.Start(static options =>
        {
            options.ResponseTimeout = TimeSpan.FromSeconds(2);
            options.Services = static services => services.AddSingleton<IIncomingGrainCallFilter, Passing>();
        });
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        TimeoutException error = await Assert.ThrowsAnyAsync<TimeoutException>(() => a.Through([b, a]));
#if !ORLEANS
        Assert.IsType<GrainDeadlockException>(error);
#endif
        Assert.Equal("b", await a.Through([b]));
    }

    [Fact]
    public async Task A_grain_that_calls_itself_does_too()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        await Assert.ThrowsAnyAsync<TimeoutException>(() => a.Through([a]));
        Assert.Equal("a", await a.Name());
    }

    [Fact]
    public async Task Suppressing_an_open_chain_closes_it()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        await Assert.ThrowsAnyAsync<TimeoutException>(() => a.ThroughSuppressed([b, a]));
    }

    [Fact]
    public async Task A_chain_that_was_closed_again_is_closed()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        await Assert.ThrowsAnyAsync<TimeoutException>(() => a.ThroughClosedAgain([b, a]));
        Assert.Equal("a", await a.ThroughOpen([b, a]));
    }

    [Fact]
    public async Task A_chain_is_open_only_where_it_was_opened()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        var c = engine.Grains.GetGrain<IRingGrain>("c");
        TimeoutException error = await Assert.ThrowsAnyAsync<TimeoutException>(() => a.ThroughOpen([b, c, b]));
#if !ORLEANS
        Assert.Equal("ring/b → ring/c.Through, ring/c → ring/b.Through", Assert.IsType<GrainDeadlockException>(error).Chain);
#else
        Assert.NotNull(error);
#endif
    }

    [Fact]
    public async Task Two_requests_that_close_a_circle_do_too()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IRingGrain>("a");
        var b = engine.Grains.GetGrain<IRingGrain>("b");
        Task<string> first = a.HoldAndCall("first", b);
        Task<string> second = b.HoldAndCall("second", a);
        await engine.Probe.Signalled("first reached");
        await engine.Probe.Signalled("second reached");
        engine.Probe.Signal("first");
        engine.Probe.Signal("second");
        Exception?[] errors = [await Record.ExceptionAsync(() => first), await Record.ExceptionAsync(() => second)];
        Assert.Contains(errors, error => error is TimeoutException);
#if !ORLEANS
        // One of them is given up, which lets the other one through.
        Assert.Contains(errors, error => error is null);
#endif
        Assert.Equal("a", await a.Name());
        Assert.Equal("b", await b.Name());
    }

    [Fact]
    public async Task A_reader_that_waits_for_a_writer_who_waits_for_it_does_too_when_the_other_readers_have_ended()
    {
        await using TestEngine engine = await Start();
        var a = engine.Grains.GetGrain<IGateGrain>("a");
        var b = engine.Grains.GetGrain<IGateGrain>("b");
        Task first = a.Read("first");
        await engine.Probe.Signalled("first reached");
        Task second = a.ReadAround(b, "writer");
        await engine.Probe.Signalled("writer on its way");
        engine.Probe.Signal("writer");
        engine.Probe.Signal("first");
        await first;
        await Assert.ThrowsAnyAsync<TimeoutException>(() => second);
        await a.Note("afterwards");
    }

    private static Task<TestEngine> Start() => TestEngine.Start(static options =>
    {
#if ORLEANS
        options.ResponseTimeout = TimeSpan.FromSeconds(2);
#endif
    });

    private sealed class Passing : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => context.Invoke();
    }
}
