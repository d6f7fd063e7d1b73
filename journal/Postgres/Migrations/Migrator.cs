using System.Globalization;
using Npgsql;

namespace RoutingGrid.Journal.Postgres.Migrations;

/// <summary>Brings the tables of a database up to date, or says what is missing. Several processes may do so at once: one works, the
/// others wait for it and find it done.</summary>
internal sealed class Migrator(Server server)
{
    private const int OldestServer = 130_000;
    private const string TakeTurn = "SELECT pg_advisory_lock(x'5249000000000000'::bigint)";

    /// <returns>The migrations that were applied.</returns>
    /// <exception cref="JournalUnusableException">The server, the database or its history does not allow it.</exception>
    internal Task<IReadOnlyList<Migration>> Apply(IReadOnlyList<Migration> all, CancellationToken cancel) => Explained(async () =>
    {
        await using var connection = await server.Plain.OpenConnectionAsync(cancel);
        await CheckServer(connection, cancel);
        await Execute(connection, TakeTurn, cancel);
        var pending = Pending(all, await Applied(connection, cancel));
        foreach (var migration in pending) await Apply(connection, migration, cancel);
        return pending;
    });

    /// <summary>What <see cref="Apply(IReadOnlyList{Migration}, CancellationToken)"/> would apply. Changes nothing.</summary>
    internal Task<IReadOnlyList<Migration>> Missing(IReadOnlyList<Migration> all, CancellationToken cancel) => Explained(async () =>
    {
        await using var connection = await server.Plain.OpenConnectionAsync(cancel);
        await CheckServer(connection, cancel);
        return Pending(all, await Applied(connection, cancel));
    });

    private async Task CheckServer(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT current_setting('server_version_num')::integer, current_setting('server_version'), pg_is_in_recovery(), current_setting('server_encoding')", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        if (reader.GetInt32(0) < OldestServer)
            throw new JournalUnusableException($"{server.Place} is PostgreSQL {reader.GetString(1)}; 13 is the oldest that is supported.");
        if (reader.GetBoolean(2))
            throw new JournalUnusableException($"{server.Place} is a standby and only reads. Name the primary server, or several with Target Session Attributes=primary.");
        if (reader.GetString(3) != "UTF8")
            throw new JournalUnusableException($"{server.Place} has the encoding {reader.GetString(3)}. Create a database with UTF8: `createdb -E UTF8 -T template0`.");
    }

    private IReadOnlyList<Migration> Pending(IReadOnlyList<Migration> all, List<(int Version, string Name, string Checksum)> applied)
    {
        foreach (var (version, name, checksum) in applied)
        {
            if (version > all.Count)
                throw new JournalUnusableException(
                    $"{server.Place} was migrated by a newer version (schema {applied[^1].Version}, {applied[^1].Name}; this one knows {all.Count}). Use that version, or restore a backup from before.");
            if (checksum != all[version - 1].Checksum)
                throw new JournalUnusableException(
                    $"{server.Place} has migration {version:d4} ({name}) with other contents than this version's. It was made by a changed build: use that one, or restore a backup.");
        }
        return [.. all.Skip(applied.Count)];
    }

    private static async Task<List<(int, string, string)>> Applied(NpgsqlConnection connection, CancellationToken cancel)
    {
        var applied = new List<(int, string, string)>();
        await using (var exists = new NpgsqlCommand("SELECT to_regclass('routinggrid.migration') IS NOT NULL", connection))
            if (await exists.ExecuteScalarAsync(cancel) is false) return applied;
        await using var command = new NpgsqlCommand("SELECT version, name, checksum FROM routinggrid.migration ORDER BY version", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) applied.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (migration.Version == 1)
        {
            await Execute(connection, "CREATE SCHEMA IF NOT EXISTS routinggrid", cancel);
            await Execute(connection, "CREATE TABLE migration (version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, at timestamptz NOT NULL DEFAULT now())", cancel);
        }
        await Execute(connection, migration.Script, cancel);
        await using var record = new NpgsqlCommand("INSERT INTO migration (version, name, checksum) VALUES ($1, $2, $3)", connection);
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Version });
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Name });
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Checksum });
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // No time limit: another process may be migrating, and a large table takes its time.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<T> Explained<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalUnusableException(ServerTrouble.Explain(e, server.Place), e);
        }
    }

    /// <summary>How a migration is named where people read it.</summary>
    internal static string NameOf(Migration migration) => string.Create(CultureInfo.InvariantCulture, $"{migration.Version:d4}-{migration.Name}");
}
