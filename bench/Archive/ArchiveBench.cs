using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using RoutingGrid.Bench.Journal;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Bench.Archive;

/// <summary><c>archive</c>: how fast closed cases leave the tables, what they take in files, and how fast they are read from there.</summary>
public static class ArchiveBench
{
    private const int Writers = 100;
    private const int Reads = 2_000;
    private static readonly string[] Stores = ["sqlite", "postgres"];
    private static readonly DateTimeOffset Later = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "sqlite or postgres", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong(Stores);
        var cases = new Option<int>("--cases") { Description = "Closed cases", DefaultValueFactory = _ => 50_000 };
        var batch = new Option<int>("--batch") { Description = "Cases in a file, and in a transaction", DefaultValueFactory = _ => 2_000 };
        var command = new Command("archive", "Cases archived per second, and bytes per archived case") { store, cases, batch };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(store)!, parsed.GetValue(cases), parsed.GetValue(batch), cancel));
        return command;
    }

    private static async Task<int> Run(string store, int cases, int batch, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("archive-bench-");
        try
        {
            await using var server = store == "postgres" ? await PostgresServer.Start(isDurable: true) : null;
            await using var journal = await Open(server, folder);
            Console.Error.WriteLine($"{store}: writing {cases:N0} case lives");
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Live(journal, writer, cases / Writers)));
            Console.Error.WriteLine("archiving");
            var order = new ArchiveOrder(Path.Combine(folder.FullName, "archive"), Later, Later) { BatchCases = batch };
            var (began, archived, bytes, longest) = (Stopwatch.GetTimestamp(), new List<ArchivedCase>(), 0L, TimeSpan.Zero);
            await foreach (var done in ((IJournalArchive)journal).Archive(order, cancel))
            {
                archived.AddRange(done.Cases);
                bytes += done.Bytes;
            }
            var took = Stopwatch.GetElapsedTime(began);
            Console.Error.WriteLine("reading");
            began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Reads; i++)
            {
                var one = archived[(int)((long)i * 7919 % archived.Count)];
                await journal.ReadStream(new StreamId(StreamKind.Case, one.Workspace, one.CaseId), 0, cancel);
            }
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                store, cases = archived.Count, batch, casesPerSec = Math.Round(archived.Count / took.TotalSeconds), bytesPerCase = Math.Round((double)bytes / archived.Count),
                readMicroseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMicroseconds / Reads, 1),
            }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IJournal> Open(PostgresServer? server, DirectoryInfo folder) => server is null
        ? await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder.FullName, "journal.db") }, TimeProvider.System)
        : await PostgresJournal.Open(new PostgresJournalOptions { Connection = server.Connection("postgres") }, TimeProvider.System);

    private static async Task Live(IJournal journal, int writer, int lives)
    {
        var mix = new LivesMix(writer);
        for (var ended = 0; ended < lives;)
        {
            if (await journal.Append(mix.Next()) is not AppendResult.Committed) throw new InvalidOperationException("Nobody else writes here.");
            if (mix.EndsLife) ended++;
        }
    }
}
