using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Opens the journal that the settings name.</summary>
internal static class Journals
{
    public const string FileName = "journal.db";

    public static async Task<IJournal> Open(HostSettings settings) => settings.Store switch
    {
        JournalStore.Memory => new MemoryJournal(),
        _ => await SqliteJournal.Open(new SqliteJournalOptions { Path = PathOf(settings) }, settings.Time),
    };

    public static string PathOf(HostSettings settings) => Path.Combine(Path.GetFullPath(settings.DataDirectory), FileName);
}
