using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Customers;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Bench.Archive;

/// <summary><c>activation</c>: how long the first call to a customer with many cases takes, without a snapshot and with one.</summary>
public static class SnapshotBench
{
    private const int Times = 9;

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "The customer's cases", DefaultValueFactory = _ => 10_000 };
        var command = new Command("activation", "Activation of a customer with many cases, on SQLite") { cases };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(cases), cancel));
        return command;
    }

    private static async Task<int> Run(int cases, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("activation-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "journal.db");
            await using (var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System)) await Write(journal, cases);
            var without = new List<double>();
            var with = new List<double>();
            // The first of each is left out: it compiles.
            for (var i = 0; i <= Times; i++) without.Add(await Activate(path, snapshotEvery: int.MaxValue, cancel));
            for (var i = 0; i <= Times + 1; i++) with.Add(await Activate(path, snapshotEvery: 256, cancel));
            Console.WriteLine(JsonSerializer.Serialize(new { cases, withoutMs = Median(without[1..]), withMs = Median(with[2..]) }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> Activate(string path, int snapshotEvery, CancellationToken cancel)
    {
        var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System);
        await using var app = await RoutingGridHost.Build(
            new HostSettings { Journal = journal, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.None, Grains = new GrainOptions { SnapshotEvery = snapshotEvery, ClockReminders = false } }, cancel);
        await app.StartAsync(cancel);
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        // Another customer first: what every first call compiles is not what is measured.
        await grains.GetGrain<ICustomerGrain>(GrainKeys.Of("acme", "chat:short")).Get();
        var began = Stopwatch.GetTimestamp();
        var state = await grains.GetGrain<ICustomerGrain>(GrainKeys.Of("acme", "chat:long")).Get();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (state.Cases == 0) throw new InvalidOperationException("The customer has no cases.");
        await app.StopAsync(cancel);
        return took;
    }

    private static async Task Write(IJournal journal, int cases)
    {
        var at = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        for (var number = 0; number < cases; number++)
        {
            DomainEvent opened = number == 0
                ? new CustomerAppeared { At = at, Channel = "chat", Author = "long", Name = "Ana López" }
                : new CustomerCaseOpened { At = at, Thread = $"brand/{number % 5}", CaseId = $"c{number}" };
            if (await journal.Append(new Append(new StreamAppend(new StreamId(StreamKind.Customer, "acme", "chat:long"), number, [opened]), [])) is not AppendResult.Committed)
                throw new InvalidOperationException("Nobody else writes here.");
        }
    }

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 2);
}
