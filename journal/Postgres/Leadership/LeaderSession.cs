using Npgsql;

namespace RoutingGrid.Journal.Postgres.Leadership;

/// <summary>What the row of leadership says.</summary>
/// <param name="Process">Its <see cref="ProcessMark"/>.</param>
/// <param name="LeasedUntil">In seconds, on the database's clock.</param>
/// <param name="Left">How long the lease lasts from now on; not positive: it ran out.</param>
internal readonly record struct Standing(long Epoch, string Holder, string Process, double LeasedUntil, TimeSpan Left)
{
    /// <summary>The epoch, where its process has ended: its lease protects nobody.</summary>
    internal long? Over => ProcessMark.IsOver(Process) ? Epoch : null;
}

/// <summary>A connection that looks at the row of leadership, changes it and hears of its changes. It never waits for long.</summary>
internal sealed class LeaderSession : IAsyncDisposable
{
    private const int AnswerSeconds = 2;
    private const long None = -1;
    private static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private readonly NpgsqlConnection _connection;

    private LeaderSession(NpgsqlConnection connection) => _connection = connection;

    internal static async Task<LeaderSession> Open(Server server, TimeProvider time, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(OpenTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            var session = new LeaderSession(await server.Plain.OpenConnectionAsync(either.Token));
            await session.Run(Sql.WaitAtMost, cancel);
            await session.Run(Sql.Listen, cancel);
            return session;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer for {OpenTime.TotalSeconds} s.");
        }
    }

    internal async Task<Standing> Look(CancellationToken cancel)
    {
        await using var command = Command(Sql.Look);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new JournalUnusableException("The table routinggrid.leadership is empty. Restore it, or the database.");
        return new Standing(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetDouble(3), TimeSpan.FromSeconds(reader.GetDouble(4)));
    }

    /// <summary>Makes a new epoch, once no write of the old one is under way. Null: somebody else's lease runs, or a transaction had to be ended first.</summary>
    /// <param name="over">An epoch whose process has ended, and whose lease therefore counts for nothing.</param>
    internal async Task<long?> TryTake(string holder, TimeSpan lease, long? over, CancellationToken cancel)
    {
        try
        {
            // One exchange, and one transaction.
            await using var batch = new NpgsqlBatch(_connection) { Timeout = AnswerSeconds };
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.EndWrites));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Take) { Parameters = { new() { Value = holder }, new() { Value = ProcessMark.Own }, new() { Value = lease }, new() { Value = over ?? None } } });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Tell));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            return await reader.ReadAsync(cancel) ? reader.GetInt64(0) : null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await using var end = Command(Sql.EndSessions, over ?? None);
            await end.ExecuteNonQueryAsync(cancel);
            return null;
        }
    }

    /// <summary>False: another epoch has begun.</summary>
    internal async Task<bool> Renew(long epoch, TimeSpan lease, CancellationToken cancel)
    {
        await using var command = Command(Sql.Renew, epoch, lease);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    internal async Task Release(long epoch, CancellationToken cancel)
    {
        await using (var command = Command(Sql.Release, epoch)) await command.ExecuteNonQueryAsync(cancel);
        await Run(Sql.Tell, cancel);
    }

    /// <summary>Until the row is changed by somebody, or the time is over. Throws when the connection breaks.</summary>
    internal Task Changed(TimeSpan atMost, CancellationToken cancel) =>
        _connection.WaitAsync(atMost < ShortestWait ? ShortestWait : atMost, cancel);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task Run(string sql, CancellationToken cancel)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = AnswerSeconds };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
