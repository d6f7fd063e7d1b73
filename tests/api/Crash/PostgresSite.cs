using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>Two can die: the server of ours and the one that keeps the journal, which waits for the disk at every commit.</summary>
internal sealed class PostgresSite(PostgresServer database, bool archives = false) : CrashSite(archives)
{
    public override Victims Draw(Random random) => (Victims)random.Next(1, 4);

    public override Task Kill(Victims victims) =>
        Task.WhenAll(base.Kill(victims), victims.HasFlag(Victims.Database) ? database.Kill() : Task.CompletedTask);

    public override async Task Revive(Victims victims)
    {
        if (victims.HasFlag(Victims.Database)) await database.StartAgain();
        await base.Revive(victims);
    }

    public override async Task<IJournal> OpenJournal() => await PostgresJournal.Open(new PostgresJournalOptions { Connection = Connection }, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }

    protected override string[] Store => ["--postgres", Connection];

    private string Connection => database.Connection("postgres");
}
