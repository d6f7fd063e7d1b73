using Microsoft.Extensions.Logging;
using Npgsql;

namespace RoutingGrid.Journal.Postgres;

/// <summary>Keeps a second process from the same database where one process runs every grain: a lock of the session, which the server lets
/// go when the process ends, however it ends.</summary>
/// <remarks>Two who write at once do no damage: versions are checked in the database. But each would route what the other one routes,
/// and refuse what the other one has done.</remarks>
internal sealed class Ownership : IAsyncDisposable
{
    private const string Try = "SELECT pg_try_advisory_lock(x'524A000000000000'::bigint)";
    private const string Wait = "SELECT true FROM pg_advisory_lock(x'524A000000000000'::bigint)";
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);
    private readonly Server _server;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;
    private volatile bool _isLost;

    private Ownership(Server server, NpgsqlConnection connection, TimeProvider time, ILogger log)
    {
        (_server, _time, _log) = (server, time, log);
        _watching = Watch(connection);
    }

    /// <summary>Another process has taken over while this one had no connection.</summary>
    internal bool IsLost => _isLost;

    /// <param name="standBy">Wait for another process to end.</param>
    /// <exception cref="JournalUnusableException">Another process has it.</exception>
    internal static async Task<Ownership> Take(Server server, bool standBy, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        var connection = await server.Plain.OpenConnectionAsync(cancel);
        try
        {
            if (!await Ask(connection, Try, cancel))
            {
                if (!standBy)
                    throw new JournalUnusableException(
                        $"{server.Place} is in use by another server. Stop that one, have this one stand by (--stand-by), or give it a database of its own.");
                log.LogInformation("Standing by: {Place} is in use by another server.", server.Place);
                await Ask(connection, Wait, cancel);
                log.LogInformation("Taking over {Place}.", server.Place);
            }
            return new Ownership(server, connection, time, log);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watching;
        _closing.Dispose();
    }

    private async Task Watch(NpgsqlConnection? connection)
    {
        try
        {
            while (!_isLost)
            {
                if (connection is null) connection = await TakeAgain();
                else connection = await UntilBroken(connection);
            }
        }
        catch (OperationCanceledException)
        {
            // The journal is closed.
        }
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection?> UntilBroken(NpgsqlConnection connection)
    {
        try
        {
            // Nobody notifies: it ends when the connection does.
            while (true) await connection.WaitAsync(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            await connection.DisposeAsync();
            throw;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            _log.LogWarning("The connection that keeps {Place} for this server broke: {Reason}", _server.Place, e.Message);
            await connection.DisposeAsync();
            return null;
        }
    }

    private async Task<NpgsqlConnection?> TakeAgain()
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _server.Plain.OpenConnectionAsync(_closing.Token);
            if (await Ask(connection, Try, _closing.Token)) return connection;
            _isLost = true;
            _log.LogCritical("Another server has taken over {Place}. This one writes nothing more; stop it.", _server.Place);
            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            if (connection is not null) await connection.DisposeAsync();
            await Task.Delay(BetweenAttempts, _time, _closing.Token);
            return null;
        }
    }

    private static async Task<bool> Ask(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
