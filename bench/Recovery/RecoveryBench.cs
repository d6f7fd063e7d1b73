using System.CommandLine;
using System.Text.Json;
using RoutingGrid.Bench.Lifecycle;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.Recovery;

/// <summary><c>recovery</c>: kill -9 of a real server that has many open cases and is under load, and what is there afterwards.</summary>
public static class RecoveryBench
{
    private static readonly string[] Stores = ["sqlite", "postgres"];

    public static Command Create()
    {
        var open = new Option<int>("--open") { Description = "Open cases at the time of the kill.", DefaultValueFactory = _ => 100_000 };
        var store = new Option<string>("--store") { Description = "Where the journal is: sqlite in a temporary folder, or postgres on a server of its own.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong(Stores);
        var seconds = new Option<int>("--seconds") { Description = "How long the load runs before the kill.", DefaultValueFactory = _ => 5 };
        var command = new Command("recovery", "kill -9 under load, and a restart: what is lost, duplicated or stuck, and how soon it is ready again.") { open, store, seconds };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(open), parsed.GetValue(store)!, parsed.GetValue(seconds), cancel));
        return command;
    }

    private static async Task<int> Run(int open, string store, int seconds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("routinggrid-bench-");
        try
        {
            await using var server = store == "postgres" ? await PostgresServer.Start(isDurable: true) : null;
            var connection = server?.Connection("postgres");
            string[] arguments = connection is null ? ["--data", folder.FullName] : ["--postgres", connection];
            var acknowledged = await InGrains(folder, connection, cases => cases.Fill(open, cancel), cancel);

            double firstReady, readySeconds;
            await using (var first = await ServedSilo.Start(arguments))
            {
                firstReady = first.ReadySeconds;
                await Console.Error.WriteLineAsync($"ready for the first time in {firstReady:0.0} s; under load for {seconds} s");
                var load = new HttpClientLoad(first.Address, first.FirstKey!);
                var running = load.Run();
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(seconds), cancel), running);
                await first.Kill();
                await running;
                foreach (var (id, caseId) in load.Acknowledged) acknowledged[id] = caseId;
                await Console.Error.WriteLineAsync($"killed with {load.Acknowledged.Count:N0} more acknowledged");
            }
            await using (var again = await ServedSilo.Start(arguments))
            {
                readySeconds = again.ReadySeconds;
                await Console.Error.WriteLineAsync($"ready again in {readySeconds:0.0} s");
                await again.Kill();
            }
            var stuck = await InGrains(folder, connection, cases => cases.WorkOff(cancel), cancel);
            var (lost, duplicated) = await Compare(folder, connection, acknowledged, cancel);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                lost, duplicated, stuck, readySeconds = Math.Round(readySeconds, 2), open, store, acknowledged = acknowledged.Count, firstReadySeconds = Math.Round(firstReady, 2),
            }));
            return lost + duplicated + stuck == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Acknowledged messages and answers that are not in their case, and any that are in the journal twice.</summary>
    private static async Task<(int Lost, int Duplicated)> Compare(DirectoryInfo folder, string? connection, IReadOnlyDictionary<string, string> acknowledged, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>();
        var duplicated = 0;
        await using var journal = await Open(folder, connection);
        await foreach (var recorded in journal.ReadAll(0, cancel))
        {
            var id = recorded.Event switch
            {
                MessageReceived message => message.MessageId,
                CaseAnswered answer => answer.ReplyId,
                _ => null,
            };
            if (id is not null && !found.TryAdd(id, recorded.Stream.Id)) duplicated++;
        }
        return (acknowledged.Count(known => found.GetValueOrDefault(known.Key) != known.Value), duplicated);
    }

    private static async Task<T> InGrains<T>(DirectoryInfo folder, string? connection, Func<OpenCases, Task<T>> work, CancellationToken cancel)
    {
        await using var journal = await Open(folder, connection);
        using var host = LifecycleBench.Host(journal);
        await host.StartAsync(cancel);
        var result = await work(new OpenCases(host.Services, journal));
        await host.StopAsync(cancel);
        return result;
    }

    private static async Task<IJournal> Open(DirectoryInfo folder, string? connection) => connection is null
        ? await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder.FullName, "journal.db") }, TimeProvider.System)
        : await PostgresJournal.Open(new PostgresJournalOptions { Connection = connection, Exclusive = true, StandBy = true }, TimeProvider.System);
}
