using Npgsql;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Queries on the connections for reading. Each sees one state of the database.</summary>
internal sealed class Reads(Server server)
{
    private int _closed;

    internal async ValueTask<List<T>> All<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var batch = server.Readers.CreateBatch();
        Add(batch, sql, values);
        return await Run(batch, async reader =>
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
            return rows;
        }, cancel);
    }

    internal async ValueTask<T?> First<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var batch = server.Readers.CreateBatch();
        Add(batch, sql, values);
        return await Run(batch, async reader => await reader.ReadAsync(cancel) ? read(reader) : default, cancel);
    }

    /// <exception cref="JournalUnusableException">The server cannot be reached, or refuses.</exception>
    internal async ValueTask<T> Run<T>(NpgsqlBatch batch, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, typeof(PostgresJournal));
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            return await read(reader);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalUnusableException(ServerTrouble.Explain(e, server.Place), e);
        }
    }

    internal NpgsqlBatch Batch() => server.Readers.CreateBatch();

    internal async Task<NpgsqlConnection> Connect()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, typeof(PostgresJournal));
        return await server.Readers.OpenConnectionAsync();
    }

    internal void Close() => Volatile.Write(ref _closed, 1);

    internal static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
