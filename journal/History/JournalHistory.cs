using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History.Audit;
using RoutingGrid.Journal.History.Following;
using RoutingGrid.Journal.History.Postgres;
using RoutingGrid.Journal.History.Postgres.Reports;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.History.Sqlite;
using RoutingGrid.Journal.History.Sqlite.Reports;
using RoutingGrid.Journal.History.Sqlite.Search;

namespace RoutingGrid.Journal.History;

/// <summary>The history of a journal.</summary>
public sealed class JournalHistory : IHistory
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);
    private readonly IJournal _journal;
    private readonly ISearchTables _searched;
    private readonly HistoryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Follower _follower;
    private readonly CaseFinder _finder;

    private JournalHistory(IJournal journal, IHistoryTables tables, ISearchTables searched, Func<Func<CancellationToken, ValueTask>, IReports> reports, HistoryOptions options, TimeProvider time, ILogger log)
    {
        (_journal, _searched, _options, _time, _log, Tables) = (journal, searched, options, time, log, tables);
        _finder = new CaseFinder(searched);
        _follower = new Follower(journal, tables, options, time, log);
        Reports = reports(CatchUp);
    }

    internal IHistoryTables Tables { get; }

    public IReports Reports { get; }

    /// <summary>The history that belongs to a journal: beside its file, in its database, or in memory.</summary>
    public static JournalHistory Of(IJournal journal, TimeProvider time, ILogger? log = null, HistoryOptions? options = null) => journal switch
    {
        Journal.Sqlite.SqliteJournal file => InFile(journal, file.HistoryPath, time, log, options),
        Journal.Postgres.PostgresJournal database => InDatabase(database, time, log, options),
        _ => InMemory(journal, time, log, options),
    };

    /// <summary>A history in the journal's own database, whose migrations have made its tables.</summary>
    public static JournalHistory InDatabase(Journal.Postgres.PostgresJournal journal, TimeProvider time, ILogger? log = null, HistoryOptions? options = null) => new(
        journal, new HistoryDatabase(journal.Server, journal.Leader), new PostgresSearchTables(journal.Reads), catchUp => new PostgresReports(journal.Reads, catchUp),
        options ?? new HistoryOptions(), time, log ?? NullLogger.Instance);

    /// <summary>A history beside a SQLite journal, in a file of its own. It is made, or made anew, where it is missing, damaged, or about another journal.</summary>
    public static JournalHistory InFile(IJournal journal, string path, TimeProvider time, ILogger? log = null, HistoryOptions? options = null) =>
        Over(journal, path, time, log, options);

    /// <summary>A history that is gone with its process.</summary>
    public static JournalHistory InMemory(IJournal journal, TimeProvider time, ILogger? log = null, HistoryOptions? options = null) =>
        Over(journal, null, time, log, options);

    public async ValueTask CatchUp(CancellationToken cancel = default)
    {
        try
        {
            await _follower.CatchUp(cancel);
        }
        catch (HistoryDamagedException)
        {
            throw new HistoryBehindException((await _follower.Behind(cancel)), _options.Patience);
        }
    }

    public async ValueTask<Page<string>> Find(string workspace, CaseSearch search, string? cursor, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = Cursor.Read(cursor);
        await CatchUp(cancel);
        // One more than asked for tells whether there is another page.
        var found = await _finder.Find(workspace, search, before, limit + 1, cancel);
        return found.Count <= limit
            ? new Page<string>([.. found.Select(one => one.CaseId)], null)
            : new Page<string>([.. found.Take(limit).Select(one => one.CaseId)], Cursor.Write(found[limit - 1].Position));
    }

    /// <summary>Follows up to the journal's end as of now, for as long as that takes.</summary>
    public Task CatchUpPatiently(CancellationToken cancel = default) => _follower.CatchUpPatiently(cancel);

    /// <summary>Empties it and fills it anew from the first event.</summary>
    /// <param name="progress">Events followed so far.</param>
    public async Task Rebuild(IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        await _follower.StartAnew(cancel);
        _follower.Progress = progress;
        await _follower.CatchUpPatiently(cancel);
    }

    /// <summary>Follows to the end, and compares what searches read with the rows of the cases: what is not as it must be, a sentence each. Nobody else may write meanwhile.</summary>
    public async IAsyncEnumerable<string> Inspect([EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await _follower.CatchUpPatiently(cancel);
                break;
            }
            catch (HistoryDamagedException) when (tries == 0)
            {
                // It has been begun anew.
            }
        }
        await foreach (var difference in new HistoryAudit(_journal, _searched, _finder).Differences(cancel)) yield return difference;
    }

    public ValueTask Archived(CancellationToken cancel = default) => _follower.ForgetArchived(cancel);

    public async Task Follow(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var pause = _options.Interval;
            try
            {
                await _follower.CatchUpPatiently(cancel);
                // Bit by bit, and what arrives comes first.
                if (await Tables.Tidy(cancel)) continue;
            }
            catch (HistoryDamagedException)
            {
                // Begun anew at once.
                continue;
            }
            catch (Exception e) when (e is JournalUnusableException or ArchiveUnusableException or IOException or UnauthorizedAccessException)
            {
                _log.LogError("The history does not follow: {Reason}", e.Message);
                pause = AfterTrouble;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, _time, cancel).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public ValueTask DisposeAsync() => Tables.DisposeAsync();

    private static JournalHistory Over(IJournal journal, string? path, TimeProvider time, ILogger? log, HistoryOptions? options)
    {
        options ??= new HistoryOptions();
        var file = new HistoryFile(path, options.Scheduler, log ?? NullLogger.Instance);
        return new JournalHistory(journal, file, new SqliteSearchTables(file), catchUp => new SqliteReports(file, catchUp), options, time, log ?? NullLogger.Instance);
    }
}
