using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RoutingGrid.Bench.Peer;
using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;
#if !ORLEANS
using RoutingGrid.Engine;
#else
using Orleans.Hosting;
#endif

namespace RoutingGrid.Bench.Lifecycle;

/// <summary>Full case lives through the grains: message in, offered, accepted, answered, closed.</summary>
public static class LifecycleBench
{
    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "Where the journal is: memory, sqlite in a temporary folder, or postgres.", DefaultValueFactory = _ => "memory" };
        store.AcceptOnlyFromAmong("memory", "sqlite", "postgres");
        var rate = new Option<int?>("--rate") { Description = "Cases per second to send; without it, as many as go through." };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var agents = new Option<int>("--agents") { Description = "How many agents are signed in.", DefaultValueFactory = _ => 500 };
        var inFlight = new Option<int?>("--in-flight") { Description = "Cases under way at once when no rate is given; by default 256 in memory, 1024 on the others." };
        var follow = new Option<bool>("--follow") { Description = "Have the history follow meanwhile, as beside a server." };
        var postgres = new Option<string?>("--postgres") { Description = "Connection to an empty database. Default: a server of its own, from the installed programs." };
        var lanes = new Option<int?>("--lanes") { Description = "Connections that write to PostgreSQL; by default as many as a server takes." };
        var command = new Command("lifecycle", "Full case lives through the grains: cases per second, and the time from arrival to offer.") { store, rate, seconds, agents, inFlight, postgres, follow, lanes };
        command.SetAction((parsed, cancel) => Run(
            new LifeSettings(
                parsed.GetValue(store)!, parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(agents),
                parsed.GetValue(inFlight) ?? (parsed.GetValue(store) == "memory" ? 256 : 1024)),
            parsed.GetValue(postgres), parsed.GetValue(lanes), parsed.GetValue(follow), cancel));
        return command;
    }

    private static async Task<int> Run(LifeSettings settings, string? postgres, int? lanes, bool follow, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("routinggrid-bench-");
        try
        {
            await using var server = settings.Store == "postgres" && postgres is null ? await PostgresServer.Start(isDurable: true) : null;
            var connection = server?.Connection("postgres") ?? postgres;
            await using var journal = await Open(settings, folder.FullName, connection, lanes);
            using var host = Host(journal);
            await host.StartAsync(cancel);
            await using var history = follow ? JournalHistory.Of(journal, TimeProvider.System) : null;
            using var end = new CancellationTokenSource();
            var following = history?.Follow(end.Token) ?? Task.CompletedTask;
            Func<CancellationToken, Task>? settle = settings.Store == "postgres" ? stop => SteadyServer.Checkpoint(connection!, stop) : null;
            var result = await new LifeLoad(host.Services, journal, settings, settle).Measure(cancel);
            if (history is not null) await SayHowFarBehind(history, cancel);
            await end.CancelAsync();
            await following;
            await host.StopAsync(cancel);
            Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SayHowFarBehind(JournalHistory history, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await history.CatchUpPatiently(cancel);
        Console.Error.WriteLine($"the history had caught up {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s after the last life");
    }

    private static async Task<IJournal> Open(LifeSettings settings, string folder, string? postgres, int? lanes) => settings.Store switch
    {
        "memory" => new MemoryJournal(),
        "sqlite" => await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder, "journal.db") }, TimeProvider.System),
        // As a server opens it.
        _ => await PostgresJournal.Open(Options(postgres!, lanes), TimeProvider.System),
    };

    private static PostgresJournalOptions Options(string connection, int? lanes)
    {
        var options = new PostgresJournalOptions { Connection = connection, Exclusive = true };
        return lanes is { } number ? options with { Lanes = number } : options;
    }

    /// <summary>The grains on a journal, in this process, without an API.</summary>
    internal static IHost Host(IJournal journal)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(journal);
#if !ORLEANS
        builder.Services.AddEmbeddedEngine(engine => engine.Assemblies.Add(typeof(GrainServices).Assembly));
        builder.Services.AddGrains(new GrainOptions { ConfigurationMaxAge = TimeSpan.MaxValue, ClockReminders = false });
#else
        Silo.Hosting.OrleansDomainCodec.Add(builder.Services);
        builder.UseOrleans(silo => silo.UseLocalhostClustering().UseInMemoryReminderService());
        builder.Services.AddGrains();
#endif
        return builder.Build();
    }
}

/// <param name="Rate">Cases per second to send; null: as many as go through with <paramref name="InFlight"/> under way.</param>
internal sealed record LifeSettings(string Store, int? Rate, int Seconds, int Agents, int InFlight);

/// <summary>The line that the verb prints.</summary>
internal sealed record LifeResult(
    double CasesPerSec, double OfferP50Ms, double OfferP99Ms, double EventsPerCase, double CpuMicrosPerCase, double GcPauseSeconds, string Store, int? Rate, int Agents, int InFlight, double Seconds, long Failed);
