using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using RoutingGrid.Api;
using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Silo.Archive;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Puts a server together: journal, engine, grains, API. Nothing runs before the application is started.</summary>
public static class RoutingGridHost
{
    /// <summary>Opens the journal and builds the application. It starts in this order: engine, clocks and routers, and then it listens;
    /// it stops the other way round, and closes the journal when it is disposed. Where another server is active on the journal, it waits for that one to end, and
    /// listens meanwhile to say so.</summary>
    /// <exception cref="JournalUnusableException">The journal cannot be opened; the message says what to do.</exception>
    public static async Task<WebApplication> Build(HostSettings settings, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "RoutingGrid" });
        AddLogging(builder.Logging, settings);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(settings.Urls);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(settings.Time);
        builder.AddEngine();
        builder.Services.AddGrains(settings.Grains ?? Engines.Options);
        builder.Services.AddRoutingGridApi();
        builder.Services.AddHostedService<Startup>();
        if (settings.Retention is { } retention) builder.Services.AddSingleton(retention).AddHostedService<ArchiveService>();
        settings.Add?.Invoke(builder);

        // Two servers of the embedded engine that share a journal take turns.
        var takesTurns = settings is { Journal: null, Store: JournalStore.Postgres } && Engines.RunsAlone;
        if (takesTurns) Door.Add(builder.Services);
        var journal = settings.Journal;
        // Made by the container, so that the container closes it, after every grain is deactivated.
        builder.Services.AddSingleton(_ => journal!);
        builder.Services.TryAddSingleton<IHistory>(services => JournalHistory.Of(journal!, settings.Time, services.GetRequiredService<ILogger<JournalHistory>>()));
        builder.Services.AddHostedService<Following>();
        if (settings.Journal is null && settings.Store != JournalStore.Memory) builder.Services.AddFirstSearch();
        var app = builder.Build();
        app.MapRoutingGridApi();
        settings.Map?.Invoke(app);
        try
        {
            var door = takesTurns ? app.Services.GetRequiredService<Door>() : null;
            if (door is not null) await door.Open(settings.Urls, cancel);
            journal ??= await Journals.Open(settings, app.Services.GetRequiredService<ILoggerFactory>(), door, cancel);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        _ = app.Services.GetRequiredService<IJournal>();
        _ = app.Services.GetRequiredService<IHistory>();
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, HostSettings settings)
    {
        if (settings.LogLevel == LogLevel.None) return;
        logging.SetMinimumLevel(settings.LogLevel).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Error);

        // Both tell with a trace that the server cannot start; whoever starts it says so in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level is >= LogLevel.Warning and < LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level is >= LogLevel.Warning and < LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
