using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Hosting;
#else
using RoutingGrid.Engine;
#endif

namespace RoutingGrid.Engine.Tests;

/// <summary>Settings that the tests vary, in terms that both engines have.</summary>
public sealed class TestEngineOptions
{
    public TimeSpan? ResponseTimeout { get; set; }

    public TimeSpan? CollectionAge { get; set; }

    public TimeSpan? CollectionQuantum { get; set; }

    public TimeSpan? ActivationTimeout { get; set; }

    public TimeSpan? DeactivationTimeout { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Action<IServiceCollection> Services { get; set; } = static _ => { };
}

/// <summary>One engine in this process: whichever this build uses.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private readonly IHost _host;

    private TestEngine(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Probe Probe => _host.Services.GetRequiredService<Probe>();

    public static async Task<TestEngine> Start(Action<TestEngineOptions>? configure = null)
    {
        var options = new TestEngineOptions();
        configure?.Invoke(options);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<Probe>();
        builder.Services.AddScoped<ScopedThing>();
        builder.Services.AddScoped<ScopedNote>();
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        options.Services(builder.Services);
        Add(builder, options);
        IHost host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public Task Stop() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
#if ORLEANS
        // Activations that waited for each other keep their silo from being disposed of, for good.
        var disposed = Task.Run(() => ((IAsyncDisposable)_host).DisposeAsync().AsTask());
        await disposed.WaitAsync(TimeSpan.FromSeconds(10)).ContinueWith(static _ => { }, TaskScheduler.Default);
#else
        _host.Dispose();
#endif
    }

#if ORLEANS
    private static void Add(HostApplicationBuilder builder, TestEngineOptions options) => builder.UseOrleans(silo =>
    {
        int[] ports = FreePorts();
        silo.UseLocalhostClustering(ports[0], ports[1], serviceId: Guid.NewGuid().ToString("N"), clusterId: Guid.NewGuid().ToString("N"));
        silo.AddMemoryGrainStorage("Default");
        silo.AddMemoryGrainStorage("store");
        silo.UseInMemoryReminderService();
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout ?? messaging.ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = options.CollectionAge ?? collection.CollectionAge;
            collection.CollectionQuantum = options.CollectionQuantum ?? collection.CollectionQuantum;
            collection.ActivationTimeout = options.ActivationTimeout ?? collection.ActivationTimeout;
            collection.DeactivationTimeout = options.DeactivationTimeout ?? collection.DeactivationTimeout;
        });

        // The clock of a test is for the grains, their timers and reminders; the silo's own work needs one that runs.
        silo.Services.AddKeyedSingleton(KeyedService.AnyKey, static (_, _) => TimeProvider.System);
        silo.Services.AddKeyedSingleton("Orleans.Grains", (_, _) => options.Time);
        silo.Services.AddKeyedSingleton("Orleans.Reminders", (_, _) => options.Time);
    });

    private static int[] FreePorts()
    {
        TcpListener[] listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Stop());
        return ports;
    }
#else
    private static void Add(HostApplicationBuilder builder, TestEngineOptions options)
    {
        builder.Services.AddMemoryGrainStorage("Default");
        builder.Services.AddMemoryGrainStorage("store");
        builder.Services.AddEmbeddedEngine(engine =>
        {
            engine.ResponseTimeout = options.ResponseTimeout ?? engine.ResponseTimeout;
            engine.CollectionAge = options.CollectionAge ?? engine.CollectionAge;
            engine.CollectionQuantum = options.CollectionQuantum ?? engine.CollectionQuantum;
            engine.ActivationTimeout = options.ActivationTimeout ?? engine.ActivationTimeout;
            engine.DeactivationTimeout = options.DeactivationTimeout ?? engine.DeactivationTimeout;
        });
    }
#endif
}
