using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>The server is all there is.</summary>
internal sealed class SqliteSite(bool archives = false) : CrashSite(archives)
{
    public override Victims Draw(Random random) => Victims.Silo;

    public override async Task<IJournal> OpenJournal() =>
        await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(Data, "journal.db") }, TimeProvider.System);
}
