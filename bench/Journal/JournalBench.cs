using System.CommandLine;
using System.Text.Json;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Bench.Journal;

/// <summary><c>journal</c>: how much a store alone takes, from many concurrent writers.</summary>
public static class JournalBench
{
    private static readonly string[] Stores = ["memory", "sqlite", "postgres"];
    private static readonly string[] Mixes = ["events", "lives"];

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "memory, sqlite or postgres", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong(Stores);
        var mix = new Option<string>("--mix")
        {
            Description = "events: one event per append, no read models; lives: whole case lives with theirs",
            DefaultValueFactory = _ => "events",
        };
        mix.AcceptOnlyFromAmong(Mixes);
        var each = new Option<bool>("--each") { Description = "Commit one by one instead of in groups (sqlite, postgres)" };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure, after two seconds of warming up", DefaultValueFactory = _ => 10 };
        var writers = new Option<int>("--writers") { Description = "Concurrent writers; 0: 500, or one per processor for memory" };
        var path = new Option<string?>("--path") { Description = "Where to put the file; it is deleted afterwards. Default: the temporary folder" };
        var postgres = new Option<string?>("--postgres") { Description = "Connection to an empty database. Default: a server of its own, from the installed programs" };
        var lanes = new Option<int>("--lanes") { Description = "Connections that write (postgres)", DefaultValueFactory = _ => new PostgresJournalOptions { Connection = "" }.Lanes };
        var command = new Command("journal", "Appends per second of a journal store") { store, mix, each, seconds, writers, path, postgres, lanes };
        command.SetAction((parsed, cancel) => Run(
            new Plan(
                parsed.GetValue(store)!, parsed.GetValue(mix)!, parsed.GetValue(each), parsed.GetValue(seconds), parsed.GetValue(writers), parsed.GetValue(path),
                parsed.GetValue(postgres), parsed.GetValue(lanes)),
            cancel));
        return command;
    }

    private static async Task<int> Run(Plan plan, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plan.Path ?? Path.GetTempPath(), $"journal-bench-{Environment.ProcessId}"));
        try
        {
            await using var server = plan is { Store: "postgres", Postgres: null } ? await PostgresServer.Start(isDurable: true) : null;
            await using var journal = await Open(plan, folder, server?.Connection("postgres") ?? plan.Postgres);
            var writers = plan.Writers > 0 ? plan.Writers : plan.Store == "memory" ? Environment.ProcessorCount : 500;
            var load = new Load(journal, plan.Mix == "lives" ? i => new LivesMix(i) : i => new EventsMix(i), writers);
            Console.Error.WriteLine($"{plan.Store}, {plan.Mix}, {writers} writers{(plan.Each ? ", one by one" : "")}: warming up");
            await load.Run(TimeSpan.FromSeconds(2), cancel);
            Console.Error.WriteLine($"measuring for {plan.Seconds} s");
            var before = Statistics(journal);
            var measured = await load.Run(TimeSpan.FromSeconds(plan.Seconds), cancel);
            var after = Statistics(journal);
            var groups = after.Groups - before.Groups;
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["store"] = plan.Store,
                ["mix"] = plan.Mix,
                ["each"] = plan.Each,
                ["writers"] = writers,
                ["eventsPerSec"] = Rounded(measured.Events / measured.Seconds, 0),
                ["p50Ms"] = Rounded(measured.Percentile(0.50), 3),
                ["p99Ms"] = Rounded(measured.Percentile(0.99), 3),
                ["groupSizeMean"] = groups == 0 ? 1 : Rounded((double)(after.Writes - before.Writes) / groups, 1),
                ["appendsPerSec"] = Rounded(measured.Appends / measured.Seconds, 0),
                ["livesPerSec"] = Rounded(measured.Lives / measured.Seconds, 0),
                ["allocatedBytesPerAppend"] = Rounded(measured.AllocatedBytes / (double)measured.Appends, 0),
                ["cpuMicrosecondsPerAppend"] = Rounded(measured.CpuSeconds * 1e6 / measured.Appends, 1),
                ["fileBytesPerEvent"] = Rounded(SizeOf(folder) / (double)load.EventsEver, 0),
            }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IJournal> Open(Plan plan, DirectoryInfo folder, string? postgres) => plan.Store switch
    {
        "memory" => new MemoryJournal(),
        "sqlite" => await SqliteJournal.Open(
            new SqliteJournalOptions { Path = Path.Combine(folder.FullName, "journal.db"), GroupLimit = plan.Each ? 1 : 2000 }, TimeProvider.System),
        _ => await PostgresJournal.Open(
            // As a server opens it.
            new PostgresJournalOptions { Connection = postgres!, Exclusive = true, Lanes = plan.Lanes, GroupLimit = plan.Each ? 1 : new PostgresJournalOptions { Connection = "" }.GroupLimit },
            TimeProvider.System),
    };

    private static (long Groups, long Writes) Statistics(IJournal journal) => journal switch
    {
        SqliteJournal sqlite => (sqlite.Statistics.Groups, sqlite.Statistics.Writes),
        PostgresJournal postgres => (postgres.Statistics.Groups, postgres.Statistics.Writes),
        _ => default,
    };

    private static long SizeOf(DirectoryInfo folder) => folder.EnumerateFiles("journal.db").Sum(file => file.Length);

    private static double Rounded(double value, int digits) => Math.Round(value, digits, MidpointRounding.ToEven);

    private sealed record Plan(string Store, string Mix, bool Each, double Seconds, int Writers, string? Path, string? Postgres, int Lanes);
}
