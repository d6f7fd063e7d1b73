using Microsoft.Extensions.DependencyInjection;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Base of tests that put an engine of their own under load and look at a ledger afterwards.</summary>
public abstract class StressTest
{
    protected static async Task<(TestEngine Engine, Ledger Ledger)> Start(Action<TestEngineOptions>? configure = null)
    {
        var ledger = new Ledger();
        TestEngine engine = await TestEngine.Start(options =>
        {
            configure?.Invoke(options);
            options.Services += services => services.AddSingleton(ledger);
        });
        return (engine, ledger);
    }

    /// <summary>Several callers at the same time, on threads of their own.</summary>
    protected static Task Callers(int count, Func<int, Task> caller) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => caller(number))));

    /// <summary>Nothing that was sent is still waited for.</summary>
    protected static void AssertAtRest(TestEngine engine)
    {
#if ORLEANS
        Assert.NotNull(engine);
#else
        Assert.False(engine.Services.GetRequiredService<EmbeddedEngine>().HasCallsInFlight, "A call was answered and is still kept.");
#endif
    }
}
