using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Filters around calls.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task Filters_see_calls_and_may_change_what_comes_of_them()
    {
        await using TestEngine engine = await TestEngine.Start(static options => options.Services = static services =>
        {
            services.AddSingleton<IIncomingGrainCallFilter, Doubling>();
            services.AddSingleton<IOutgoingGrainCallFilter, Naming>();
        });
        var grain = engine.Grains.GetGrain<IBasicGrain>("a");
        Assert.Equal(12, await grain.Add(5));
        Assert.Contains("out Add 1", engine.Probe.Log);
        Assert.Contains("in Add(6) of a, named by Naming", engine.Probe.Log);
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("badly"));
        Assert.Equal("filtered: badly", error.Message);
        Assert.Equal(12, await grain.AddSlowly(0));
        await grain.Tell("one way");
        await engine.Probe.Signalled("one way");
    }

    [Fact]
    public async Task A_grain_may_filter_its_own_calls()
    {
        await using TestEngine engine = await TestEngine.Start();
        var grain = engine.Grains.GetGrain<IGuardedGrain>("a");
        Assert.Equal("open", await grain.Open());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(grain.Closed);
    }

    private sealed class Doubling(Probe probe) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (!context.InterfaceName.EndsWith("IBasicGrain", StringComparison.Ordinal))
            {
                await context.Invoke();
                return;
            }

            object? argument = context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) : null;
            probe.Write($"in {context.MethodName}({argument}) of {context.TargetId.Key}, named by {RequestContext.Get("filter")}");
            Assert.Equal(context.MethodName, context.InterfaceMethod.Name);
            Assert.Equal(typeof(BasicGrain), context.ImplementationMethod.DeclaringType);
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException error)
            {
                throw new InvalidOperationException("filtered: " + error.Message);
            }

            if (context.Result is int number)
            {
                context.Result = number * 2;
            }
        }
    }

    private sealed class Naming(Probe probe) : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            RequestContext.Set("filter", nameof(Naming));
            if (context.MethodName == "Add")
            {
                context.Request.SetArgument(0, 6);
            }

            await context.Invoke();
            probe.Write($"out {context.MethodName} {context.Request.GetArgumentCount()}");
        }
    }
}
