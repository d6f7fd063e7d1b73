using System.Diagnostics;
using System.Globalization;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>This assembly, started again: to be killed while it writes, or to open what somebody else has open.</summary>
internal static class OtherProcess
{
    internal const int Refused = 3;
    private const int Writers = 16;

    internal static Process Start(params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(OtherProcess).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Appends to several streams for as long as it lives, and says on standard output what was acknowledged.</summary>
    internal static async Task<int> WriteUntilKilled(string path)
    {
        var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var stream = Given.Case($"{writer}");
            for (long version = 0; ; version++)
            {
                var append = Given.Append(Given.Notes(stream, version, $"{version}"), Given.Put(stream.Id, Given.Queued() with { Version = version + 1 }));
                if (await journal.Append(append) is not AppendResult.Committed committed)
                    throw new InvalidOperationException("Nobody else writes here.");
                var line = string.Create(CultureInfo.InvariantCulture, $"{stream.Id} {version + 1} {committed.Position}\n");
                lock (journal)
                {
                    Console.Out.Write(line);
                    Console.Out.Flush();
                }
            }
        }));
        return 0;
    }

    /// <summary>Archives everything that is closed, up to a step of the second file, says so, and waits there to be killed.</summary>
    /// <param name="place">A path, or a connection to PostgreSQL.</param>
    internal static async Task<int> ArchiveUntil(string place, string folder, ArchiveStep step)
    {
        IJournalArchive journal = place.Contains("Host=", StringComparison.Ordinal)
            ? await PostgresJournal.Open(new PostgresJournalOptions { Connection = place }, TimeProvider.System)
            : await SqliteJournal.Open(new SqliteJournalOptions { Path = place }, TimeProvider.System);
        var times = 0;
        var order = new ArchiveOrder(folder, Given.Start.AddYears(1), Given.Start.AddYears(1))
        {
            BatchCases = 2,
            Before = now =>
            {
                if (now != step || ++times < 2) return Task.CompletedTask;
                Console.WriteLine("here");
                return new TaskCompletionSource().Task;
            },
        };
        await foreach (var batch in journal.Archive(order)) Console.Error.WriteLine(batch.Path);
        return 0;
    }

    /// <summary>Opens a journal and closes it again; says on standard output why it cannot.</summary>
    internal static async Task<int> Open(string path)
    {
        try
        {
            await using var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System);
            return 0;
        }
        catch (JournalUnusableException e)
        {
            Console.WriteLine(e.Message);
            return Refused;
        }
    }
}
