using System.Collections.Immutable;
using RoutingGrid.Journal.Postgres.Migrations;

namespace RoutingGrid.Journal.Postgres;

/// <summary>What was done, or would be.</summary>
/// <param name="Place">The database, for people, without the password.</param>
/// <param name="Migrations">The names of the scripts that were applied, or are missing in a dry run.</param>
/// <param name="Version">The version of the tables now.</param>
public sealed record MigrationRun(string Place, ImmutableArray<string> Migrations, int Version);

/// <summary>Brings a database's tables up to date without opening a journal.</summary>
public static class PostgresMigrations
{
    /// <exception cref="JournalUnusableException">The server cannot be reached or refuses, or a newer version was here.</exception>
    public static async Task<MigrationRun> Apply(string connection, bool dryRun, CancellationToken cancel = default)
    {
        await using var server = new Server(new PostgresJournalOptions { Connection = connection });
        var migrator = new Migrator(server);
        var run = dryRun ? await migrator.Missing(Migration.All, cancel) : await migrator.Apply(Migration.All, cancel);
        return new MigrationRun(server.Place, [.. run.Select(Migrator.NameOf)], dryRun ? Migration.All.Count - run.Count : Migration.All.Count);
    }
}
