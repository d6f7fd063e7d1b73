using Npgsql;
using RoutingGrid.Journal.History.Following;
using RoutingGrid.Journal.Postgres.Leadership;
using RoutingGrid.Journal.Postgres.Writing;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>The connection of whoever follows, while it lasts, and what its projections remember.</summary>
internal sealed class HistorySession(NpgsqlConnection connection, Leader? leader) : IAsyncDisposable
{
    private const string Lock = "SELECT position, mark, meaning FROM history_followed FOR UPDATE";
    private const string Move = "UPDATE history_followed SET position = $1, mark = $2, meaning = $3";

    private readonly PostgresProjection[] _projections = [.. PostgresProjection.All.Select(projection => projection.Open(connection))];

    internal async ValueTask<Followed> Followed(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT position, mark, meaning FROM history_followed", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await Read(row, cancel);
    }

    internal ValueTask<bool> Write(Followed before, Followed after, IReadOnlyList<HistoryStep> steps) => Transaction(async now =>
    {
        if (now != before) return false;
        if (steps.Count == 0) return true;
        foreach (var projection in _projections) await projection.Write(steps);
        await Run(Move, after.Position, after.Mark, PostgresProjection.Meaning);
        return true;
    });

    internal ValueTask<bool> Clear() => Transaction(async _ =>
    {
        foreach (var table in PostgresProjection.All.SelectMany(projection => projection.Tables)) await Run($"DELETE FROM {table}");
        // Numbers that were remembered are gone too.
        foreach (var projection in _projections) projection.Forget();
        await Run(Move, 0L, "", PostgresProjection.Meaning);
        return true;
    });

    internal async ValueTask<long> Forgotten(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT archive FROM history_followed", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    internal ValueTask<bool> Forget(IReadOnlyCollection<StreamId> cases, long file) => Transaction(async _ =>
    {
        await _projections.OfType<CaseTables>().Single().Remove(cases);
        await Run("UPDATE history_followed SET archive = $1", file);
        return true;
    });

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async ValueTask<bool> Transaction(Func<Followed, Task<bool>> act)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            // One that was taken over writes nothing more, here as in the journal.
            if (leader is not null) await Run(Journal.Postgres.Writing.Sql.WriteFor, leader.Epoch);
            var done = await act(await LockFollowed());
            await transaction.CommitAsync();
            return done;
        }
        catch
        {
            foreach (var projection in _projections) projection.Forget();
            throw;
        }
    }

    private async Task<Followed> LockFollowed()
    {
        await using var command = new NpgsqlCommand(Lock, connection);
        await using var row = await command.ExecuteReaderAsync();
        return await Read(row, CancellationToken.None);
    }

    // Tables of another meaning are as good as none about this journal: the follower starts anew.
    private static async ValueTask<Followed> Read(NpgsqlDataReader row, CancellationToken cancel)
    {
        await row.ReadAsync(cancel);
        var followed = new Followed(row.GetInt64(0), row.GetString(1));
        return followed.Position == 0 || row.GetInt32(2) == PostgresProjection.Meaning ? followed : new Followed(long.MaxValue, "another meaning");
    }

    private async Task Run(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
