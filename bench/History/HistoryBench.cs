using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using Npgsql;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Bench.History;

/// <summary><c>history</c>: how long a history takes to be built, and how long searches of it take.</summary>
public static class HistoryBench
{
    private const int PageSize = 50;

    // Of the questions that follow each other, many are alike.
    private const int WarmUpStep = 97;
    private static readonly TimeSpan CompilerAtRest = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "How many closed cases there are.", DefaultValueFactory = _ => 100_000 };
        var store = new Option<string>("--store") { Description = "sqlite or postgres", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        var path = new Option<string?>("--path") { Description = "Where to put the files; they are deleted afterwards. Default: the temporary folder" };
        var postgres = new Option<string?>("--postgres") { Description = "Connection to an empty database. Default: a server of its own, from the installed programs" };
        var keep = new Option<string?>("--keep") { Description = "A folder where the history is built and stays. One that is there already is asked as it is, or built anew from its journal where its tables have changed" };
        var slowest = new Option<int>("--slowest") { Description = "How many of the slowest questions to show on stderr.", DefaultValueFactory = _ => 5 };
        var only = new Option<string>("--only") { Description = "Asks only questions whose names have this.", DefaultValueFactory = _ => "" };
        var made = new Option<int>("--made-up") { Description = "Asks so many texts of each of two dozen kinds, made up at random, beside those that are always the same." };
        var seed = new Option<int>("--seed") { Description = "Another number makes up other texts.", DefaultValueFactory = _ => 1 };
        var command = new Command("history", "Build a history of many closed cases, and search it") { cases, store, path, postgres, keep, slowest, only, made, seed };
        command.SetAction(async (parsed, cancel) =>
        {
            var kept = parsed.GetValue(keep);
            var folder = Directory.CreateDirectory(kept ?? Path.Combine(parsed.GetValue(path) ?? Path.GetTempPath(), $"history-bench-{Environment.ProcessId}"));
            try
            {
                Question[] madeUp = [.. MadeUpTexts.Of(parsed.GetValue(made), parsed.GetValue(seed))];
                return await Run(parsed.GetValue(cases), parsed.GetValue(store)!, folder, parsed.GetValue(postgres), kept is not null, parsed.GetValue(slowest), parsed.GetValue(only)!, madeUp, cancel);
            }
            finally
            {
                if (kept is null) folder.Delete(recursive: true);
            }
        });
        return command;
    }

    // The default of 128 MB is for machines of long ago; PostgreSQL's manual takes a quarter of the memory to begin with (19.4.1).
    private const string Memory = "shared_buffers=2GB";

    private static async Task<int> Run(int cases, string store, DirectoryInfo folder, string? postgres, bool isKept, int slowest, string only, Question[] madeUp, CancellationToken cancel)
    {
        await using var server = store != "postgres" || postgres is not null ? null
            : isKept ? await PostgresServer.Keep(Path.Combine(folder.FullName, "server"), Memory) : await PostgresServer.Start(isDurable: false, Memory);
        await using var journal = await Open(store, folder, server?.Connection("postgres") ?? postgres);
        // Written when all are there, so that what was cut short is not taken for whole.
        var filled = new FileInfo(Path.Combine(folder.FullName, "cases"));
        if (!filled.Exists)
        {
            if ((await journal.End(cancel)).Taken > 0) throw new InvalidOperationException($"The journal in {folder} was not filled to its end. Delete it.");
            await Fill(journal, cases, cancel);
            await File.WriteAllTextAsync(filled.FullName, cases.ToString(CultureInfo.InvariantCulture), cancel);
        }
        else if (await File.ReadAllTextAsync(filled.FullName, cancel) is var has && has != cases.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"The journal in {folder} has {has} cases: ask with --cases {has}, or delete it.");
        }
        await using var history = JournalHistory.Of(journal, TimeProvider.System, options: new HistoryOptions { Patience = TimeSpan.FromHours(2) });
        var (began, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime + (server?.Busy ?? default));
        await history.CatchUp(cancel);
        var build = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime + (server?.Busy ?? default) - busy;
        Console.Error.WriteLine($"followed {cases:N0} cases in {build:0.0} s");
        TimeSpan Busy() => Environment.CpuUsage.TotalTime + (server?.Busy ?? default);
        var first = await First(history, cancel);
        await WarmUp([.. Questions.OfPages(), .. Questions.OfTexts()], history, cancel);
        var pages = await Ask("pages", Questions.OfPages().Where(IsAsked), history, Busy, slowest, cancel);
        var texts = await Ask("texts", Questions.OfTexts().Concat(madeUp).Where(IsAsked), history, Busy, slowest, cancel);
        bool IsAsked(Question question) => question.Name.Contains(only, StringComparison.Ordinal);
        var reports = await DayReports.Ask(history, cancel);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["store"] = store,
            ["cases"] = cases,
            ["buildSeconds"] = Math.Round(build, 1),
            ["casesPerSec"] = Math.Round(cases / build),
            ["cpuMicrosecondsPerCase"] = Math.Round(cpu.TotalMicroseconds / cases, 1),
            ["bytesPerCase"] = Math.Round(await Bytes(folder, server?.Connection("postgres") ?? postgres, cancel) / (double)cases),
            ["firstTextMs"] = Math.Round(first, 2),
            ["pageQuestions"] = pages.Length,
            ["pageMsMedian"] = Math.Round(pages[pages.Length / 2], 2),
            ["pageMsWorst"] = Math.Round(pages[^1], 2),
            ["textQuestions"] = texts.Length,
            ["textMsMedian"] = Math.Round(texts[texts.Length / 2], 2),
            ["textMsWorst"] = Math.Round(texts[^1], 2),
            ["dayReportMs"] = Math.Round(reports, 2),
        }));
        return 0;
    }

    /// <summary>What the history takes on the disk, with its indexes.</summary>
    private static async Task<long> Bytes(DirectoryInfo folder, string? postgres, CancellationToken cancel)
    {
        if (postgres is null) return folder.EnumerateFiles("*.history").Sum(file => file.Length);
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand(
            "SELECT sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass))::bigint FROM pg_tables WHERE schemaname = 'routinggrid' AND tablename ^@ 'history_'");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Milliseconds of the first text that is asked of this process.</summary>
    private static async Task<double> First(JournalHistory history, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await history.Find(MadeUpCases.Workspace, new CaseSearch { Text = $"de {MadeUpCases.Word(5_000)}", User = "maria" }, null, PageSize, cancel);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>As lives are measured: until the compiler has hardly anything left to do, at most a minute.</summary>
    private static async Task WarmUp(Question[] questions, JournalHistory history, CancellationToken cancel)
    {
        var (began, at) = (Stopwatch.GetTimestamp(), 0);
        TimeSpan compiled;
        do
        {
            compiled = JitInfo.GetCompilationTime();
            for (var second = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(second) < TimeSpan.FromSeconds(1); at += WarmUpStep)
                await history.Find(MadeUpCases.Workspace, questions[at % questions.Length].Search, null, PageSize, cancel);
        }
        while (JitInfo.GetCompilationTime() - compiled > CompilerAtRest && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1));
    }

    private static async Task<IJournal> Open(string store, DirectoryInfo folder, string? postgres) => store == "sqlite"
        ? await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder.FullName, "journal.db"), Synchronous = SqliteSynchronous.Normal }, TimeProvider.System)
        : await PostgresJournal.Open(new PostgresJournalOptions { Connection = postgres! }, TimeProvider.System);

    private static async Task Fill(IJournal journal, int cases, CancellationToken cancel)
    {
        var made = new MadeUpCases();
        var pending = new Queue<Task<AppendResult>>();
        for (var agent = 0; agent < MadeUpCases.Agents.Length; agent++) await journal.Append(MadeUpShifts.Of(agent), cancel);
        for (var number = 0; number < cases; number++)
        {
            pending.Enqueue(journal.Append(made.Next(number, cases), cancel).AsTask());
            while (pending.Count >= (number + 1 < cases ? 4_000 : 1))
                if (await pending.Dequeue() is not AppendResult.Committed) throw new InvalidOperationException("A case was not written.");
            if (number % 100_000 == 99_999) Console.Error.WriteLine($"{number + 1:N0} cases written");
        }
    }

    /// <summary>Milliseconds in ascending order: of each question the median of three.</summary>
    private static async Task<double[]> Ask(string what, IEnumerable<Question> questions, JournalHistory history, Func<TimeSpan> busyNow, int slowest, CancellationToken cancel)
    {
        var took = new List<(double Ms, double Busy, string Name, int Found)>();
        foreach (var (name, search, after) in questions)
        {
            var cursor = after == 0 ? null : await After(history, after, cancel);
            var times = new (double Ms, double Busy)[3];
            var found = 0;
            for (var i = 0; i < times.Length; i++)
            {
                var (busy, began) = (busyNow(), Stopwatch.GetTimestamp());
                found = (await history.Find(MadeUpCases.Workspace, search, cursor, PageSize, cancel)).Items.Length;
                times[i] = (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (busyNow() - busy).TotalMilliseconds);
            }
            Array.Sort(times);
            took.Add((times[1].Ms, times.Min(time => time.Busy), name, found));
        }
        if (took.Count == 0) return [0];
        took.Sort();
        // Beside other work on the machine, the processor time tells more.
        foreach (var (ms, busy, name, found) in Enumerable.Reverse(took).Take(slowest)) Console.Error.WriteLine($"{what}: {ms,8:0.00} ms ({busy:0.00} ms busy) for {name} ({found} found)");
        return [.. took.Select(one => one.Ms)];
    }

    /// <summary>The cursor behind a share of the cases, which are opened one after the other.</summary>
    private static async Task<string?> After(JournalHistory history, double share, CancellationToken cancel)
    {
        var before = MadeUpCases.Start.AddDays(MadeUpCases.Days * (1 - share));
        return (await history.Find(MadeUpCases.Workspace, new CaseSearch { To = before }, null, 1, cancel)).Next;
    }
}
