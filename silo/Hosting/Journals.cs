using Microsoft.Extensions.Logging;
using RoutingGrid.Api.Health;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Opens the journal that the settings name.</summary>
internal static class Journals
{
    public const string FileName = "journal.db";

    /// <summary>A connection may have a password, and who looks at a list of processes sees what they were started with.</summary>
    public const string PostgresVariable = "ROUTINGGRID_POSTGRES";

    public static async Task<IJournal> Open(HostSettings settings, ILoggerFactory logs, Door? door = null, CancellationToken cancel = default) => settings.Store switch
    {
        JournalStore.Memory => new MemoryJournal(),
        JournalStore.Postgres => await OpenPostgres(settings, logs, door, cancel),
        _ => await SqliteJournal.Open(new SqliteJournalOptions { Path = PathOf(settings), ArchiveFolder = settings.ArchiveFolder }, settings.Time, logs.CreateLogger<SqliteJournal>()),
    };

    public static string PathOf(HostSettings settings) => Path.Combine(Path.GetFullPath(settings.DataDirectory), FileName);

    /// <summary>Where the journal is, for people.</summary>
    public static string Describe(HostSettings settings, IJournal journal) => settings.Store switch
    {
        JournalStore.Memory => "journal in memory: gone when it stops",
        JournalStore.Postgres => $"journal: {(journal as PostgresJournal)?.Place}",
        _ => $"journal: {PathOf(settings)}",
    };

    private static async Task<IJournal> OpenPostgres(HostSettings settings, ILoggerFactory logs, Door? door, CancellationToken cancel)
    {
        var (options, log) = (new PostgresJournalOptions { Connection = ConnectionOf(settings), Migrate = settings.Migrate, ArchiveFolder = settings.ArchiveFolder }, logs.CreateLogger<PostgresJournal>());
        if (door is null) return await PostgresJournal.Open(options, settings.Time, log, cancel);
        Task? rehearsal = null;
        options = options with
        {
            Exclusive = true,
            StandBy = settings.StandBy,
            Holder = $"{options.Holder}, {string.Join(" ", door.Addresses)}",
            OnStandBy = active =>
            {
                door.Wait(Inactive.StandingBy(active));
                settings.OnStandBy?.Invoke(door.Addresses, active);
                rehearsal ??= Task.Run(() => Rehearsal.Run(log, cancel), cancel);
            },
        };
        var journal = await PostgresJournal.Open(options, settings.Time, log, cancel);
        door.Wait(Inactive.Starting);
        door.WhyNot = () => journal.TakenOver.IsCompleted ? Inactive.TakenOver : journal.MayAct ? null : Inactive.CutOff;
        return journal;
    }

    /// <exception cref="JournalUnusableException">None is named.</exception>
    public static string ConnectionOf(HostSettings settings) =>
        settings.Postgres is { Length: > 0 } connection
            ? connection
            : throw new JournalUnusableException($"No PostgreSQL server is named. Use --postgres, or the environment variable {PostgresVariable}.");
}
