using System.Runtime.CompilerServices;

[assembly: AssemblyFixture(typeof(RoutingGrid.Engine.Tests.SharedEngine))]

namespace RoutingGrid.Engine.Tests;

/// <summary>One engine for the tests that need nothing special of it, since starting one takes Orleans a while.</summary>
public sealed class SharedEngine : IAsyncLifetime
{
    private TestEngine? _engine;

    public TestEngine Engine => _engine!;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.Start(options => options.Services = Standard);

    public async ValueTask DisposeAsync() => await _engine!.DisposeAsync();

    private static void Standard(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
    {
        Storage.FaultyStorage.AddTo(services);
        Storage.SlowStorage.AddTo(services);
    }
}

/// <summary>Base of tests that share an engine. What they name carries the name of the test, so that they do not meet.</summary>
public abstract class OnSharedEngine(SharedEngine shared)
{
    protected IGrainFactory Grains => shared.Engine.Grains;

    protected IServiceProvider Services => shared.Engine.Services;

    protected Probe Probe => shared.Engine.Probe;

    protected static string Key([CallerMemberName] string test = "") => test;
}
