using Npgsql;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Queries on the connections for reading. Each sees one state of the database.</summary>
internal sealed class Reads(Server server)
{
    private int _closed;

    internal ValueTask<List<T>> All<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values) =>
        Run(batch => Add(batch, sql, values), async reader =>
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
            return rows;
        }, cancel);

    internal ValueTask<T?> First<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values) =>
        Run(batch => Add(batch, sql, values), async reader => await reader.ReadAsync(cancel) ? read(reader) : default, cancel);

    /// <exception cref="JournalUnusableException">The server cannot be reached, or refuses.</exception>
    internal async ValueTask<T> Run<T>(Action<NpgsqlBatch> statements, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, typeof(PostgresJournal));
            try
            {
                await using var batch = server.Readers.CreateBatch();
                statements(batch);
                await using var reader = await batch.ExecuteReaderAsync(cancel);
                return await read(reader);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // After a restart of the server the pool is full of connections that it has forgotten: once more, on a new one. So also where somebody left in the
                // middle of a query, and word of it comes late and ends the next one on the same connection.
                if (!isFirst || e is PostgresException { IsTransient: false, SqlState: not PostgresErrorCodes.QueryCanceled }) throw new JournalUnusableException(ServerTrouble.Explain(e, server.Place), e);
                server.Readers.Clear();
            }
        }
    }

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
