using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Filters in detail: their order, what they may change, and what they must not leave out.</summary>
public sealed class FilterOrderTests
{
    [Fact]
    public async Task Filters_run_in_the_order_of_registration_and_the_grains_own_last()
    {
        await using TestEngine engine = await Start();
        Assert.Equal("word", await engine.Grains.GetGrain<IToldGrain>("a").Say("word"));
        Assert.Equal(
            [
                "out 1 in Say", "out 2 in Say", "in 1 in Say", "in 2 in Say", "own in Say", "says word of o1o2i1i2", "own out Say", "in 2 out Say", "in 1 out Say",
                "out 2 out Say", "out 1 out Say",
            ],
            engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_filter_may_answer_itself()
    {
        await using TestEngine engine = await Start();
        Assert.Equal("answered by in", await engine.Grains.GetGrain<IToldGrain>("a").Say("answer in"));
        Assert.Equal("answered by out", await engine.Grains.GetGrain<IToldGrain>("a").Say("answer out"));
        Assert.DoesNotContain("own in Say", engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_filter_that_neither_goes_on_nor_answers_is_an_error()
    {
        await using TestEngine engine = await Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<IToldGrain>("a").Say("swallow in"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<IToldGrain>("a").Say("swallow out"));
    }

    [Fact]
    public async Task A_filter_may_change_the_argument_and_the_result()
    {
        await using TestEngine engine = await Start();
        Assert.Equal("changed!", await engine.Grains.GetGrain<IToldGrain>("a").Say("change in"));
        Assert.Equal("changed!", await engine.Grains.GetGrain<IToldGrain>("a").Say("change out"));
    }

    [Theory]
    [InlineData("throw in")]
    [InlineData("throw out")]
    public async Task What_a_filter_throws_the_caller_gets(string word)
    {
        await using TestEngine engine = await Start();
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<IToldGrain>("a").Say(word));
        Assert.Equal("by the filter", error.Message);
        Assert.DoesNotContain("own in Say", engine.Probe.LogOf("a"));
    }

    [Theory]
    [InlineData("in")]
    [InlineData("out")]
    public async Task A_filter_may_try_again(string where)
    {
        await using TestEngine engine = await Start();
        RequestContext.Set("retry", where);
        Assert.Equal(3, await engine.Grains.GetGrain<IToldGrain>("a").FailUntil(3));
        RequestContext.Clear();
    }

    [Theory]
    [InlineData("in")]
    [InlineData("out")]
    public async Task A_filter_that_catches_an_error_without_an_answer_does_not_hide_it(string where)
    {
        await using TestEngine engine = await Start();
        RequestContext.Set("hide", where);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<IToldGrain>("a").FailUntil(3));
        RequestContext.Clear();
    }

    [Fact]
    public async Task Filters_know_who_calls_whom()
    {
        await using TestEngine engine = await Start();
        var b = engine.Grains.GetGrain<IToldGrain>("b");
        await engine.Grains.GetGrain<IToldGrain>("a").Ask(b);
        Assert.Contains("who: in told/b from told/a, source none", engine.Probe.Log);
        Assert.Contains("who: out told/b from told/a, source told/a", engine.Probe.Log);
        Assert.Contains("who: in told/a from a client, source none", engine.Probe.Log);
        Assert.Contains("who: out told/a from nobody, source none", engine.Probe.Log);
    }

    [Fact]
    public async Task Ticks_pass_the_incoming_ones()
    {
        await using TestEngine engine = await Start();
        await engine.Grains.GetGrain<IToldGrain>("a").TickOnce();
        await engine.Probe.Signalled("a own out InvokeCallbackAsync");
        Assert.DoesNotContain("out 1 in InvokeCallbackAsync", engine.Probe.LogOf("a"));
        Assert.Contains("in 1 in InvokeCallbackAsync", engine.Probe.LogOf("a"));
    }

    private static Task<TestEngine> Start() => TestEngine.Start(static options => options.Services = static services =>
    {
        services.AddSingleton<IOutgoingGrainCallFilter>(provider => new Step(provider.GetRequiredService<Probe>(), 1));
        services.AddSingleton<IOutgoingGrainCallFilter>(provider => new Step(provider.GetRequiredService<Probe>(), 2));
        services.AddSingleton<IIncomingGrainCallFilter>(provider => new Step(provider.GetRequiredService<Probe>(), 1));
        services.AddSingleton<IIncomingGrainCallFilter>(provider => new Step(provider.GetRequiredService<Probe>(), 2));
    });

    /// <summary>Does what the first argument says.</summary>
    private sealed class Step(Probe probe, int number) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            string from = context.SourceId is { } source ? source.Type.ToString()!.StartsWith("sys.client", StringComparison.Ordinal) ? "a client" : source.ToString() : "nobody";
            return Run("in", from, null, context);
        }

        public Task Invoke(IOutgoingGrainCallContext context) => Run("out", context.SourceId?.ToString() ?? "nobody", context.SourceContext?.GrainId, context);

        private async Task Run(string way, string from, GrainId? source, IGrainCallContext context)
        {
            if (context.TargetId.Type.ToString() != "told")
            {
                await context.Invoke();
                return;
            }

            string about = $"{context.TargetId.Key} {way} {number}";
            probe.Write($"who: {way} {context.TargetId} from {from}, source {source?.ToString() ?? "none"}");
            probe.Write($"{about} in {context.MethodName}");
            RequestContext.Set("steps", RequestContext.Get("steps") + $"{way[0]}{number}");
            string word = context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0)?.ToString() ?? "" : "";
            switch (number == 2 ? word : "")
            {
                case var answer when answer == "answer " + way:
                    context.Result = "answered by " + way;
                    return;
                case var swallow when swallow == "swallow " + way:
                    return;
                case var throwing when throwing == "throw " + way:
                    throw new InvalidOperationException("by the filter");
                case var change when change == "change " + way:
                    context.Request.SetArgument(0, "changed");
                    await context.Invoke();
                    context.Result += "!";
                    break;
                default:
                    await Go(way, context);
                    break;
            }

            probe.Write($"{about} out {context.MethodName}");
        }

        private async Task Go(string way, IGrainCallContext context)
        {
            while (true)
            {
                try
                {
                    await context.Invoke();
                    return;
                }
                catch (InvalidOperationException error) when (number == 1 && error.Message.StartsWith("attempt", StringComparison.Ordinal) && RequestContext.Get("retry") as string == way)
                {
                    // Again.
                }
                catch (InvalidOperationException) when (number == 1 && RequestContext.Get("hide") as string == way)
                {
                    return;
                }
            }
        }
    }
}
