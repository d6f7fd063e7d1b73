using Microsoft.Extensions.Logging;
using Npgsql;

namespace RoutingGrid.Journal.Postgres.Leadership;

/// <summary>The epoch in which this process is active: renews its lease, knows at every moment whether it may still act, and gives it
/// back in the end.</summary>
/// <remarks>While nobody else has taken over, a lease that ran out is renewed in the same epoch: nobody has written in the meantime, so what
/// this process believes is still true. A new epoch is the end of it.</remarks>
internal sealed class Leader : IAsyncDisposable
{
    /// <summary>The migration that made its table what it is.</summary>
    internal const int MadeBy = 8;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);
    private readonly Server _server;
    private readonly Lease _lease;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _takenOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _keeping;
    private LeaderSession? _session;
    private long _renewed;

    /// <param name="asked">When the epoch was asked for.</param>
    internal Leader(Server server, LeaderSession session, long epoch, long asked, Lease lease, TimeProvider time, ILogger log)
    {
        (_server, _session, Epoch, _renewed, _lease, _time, _log) = (server, session, epoch, asked, lease, time, log);
        _keeping = Keep();
    }

    internal long Epoch { get; }

    /// <summary>Another process has begun an epoch of its own. It does not pass.</summary>
    internal Task TakenOver => _takenOver.Task;

    /// <summary>There is a connection, and nobody can have taken over yet.</summary>
    internal bool MayAct =>
        !TakenOver.IsCompleted && Volatile.Read(ref _session) is not null
        && _time.GetElapsedTime(Interlocked.Read(ref _renewed)) < _lease.Length - _lease.Margin;

    /// <summary>Somebody was told so by the database.</summary>
    internal TakenOverException LearnTakenOver()
    {
        if (_takenOver.TrySetResult()) _log.LogCritical("Another server has taken over {Place}. This one writes nothing more.", _server.Place);
        return new TakenOverException($"Another server has taken over {_server.Place}; nothing was written.");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _keeping;
        if (_session is not null) await _session.DisposeAsync();
        if (!TakenOver.IsCompleted) await Release();
        _closing.Dispose();
    }

    private async Task Keep()
    {
        try
        {
            while (!TakenOver.IsCompleted)
            {
                try
                {
                    await Renew();
                    await _session!.Changed(_lease.RenewEvery, _closing.Token);
                }
                catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
                {
                    await Drop(e);
                    await Task.Delay(BetweenAttempts, _time, _closing.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The journal is closed.
        }
    }

    private async Task Renew()
    {
        var session = _session ?? await LeaderSession.Open(_server, _time, _closing.Token);
        try
        {
            var asked = _time.GetTimestamp();
            if (!await session.Renew(Epoch, _lease.Length, _closing.Token)) LearnTakenOver();
            Interlocked.Exchange(ref _renewed, asked);
        }
        catch when (_session is null)
        {
            await session.DisposeAsync();
            throw;
        }
        if (_session is null) _log.LogInformation("Connected to {Place} again, in the same epoch.", _server.Place);
        Volatile.Write(ref _session, session);
    }

    private async Task Drop(Exception cause)
    {
        if (_session is not { } session) return;
        Volatile.Write(ref _session, null);
        _log.LogWarning("The connection that keeps this server active broke; it takes no work until it has another. {Reason}", ServerTrouble.Explain(cause, _server.Place));
        await session.DisposeAsync();
    }

    /// <summary>On a connection of its own: a wait that was cancelled may have left the other one unusable.</summary>
    private async Task Release()
    {
        try
        {
            await using var session = await LeaderSession.Open(_server, _time, CancellationToken.None);
            await session.Release(Epoch, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            _log.LogWarning("It could not be said that this server is not active any more; another one takes over when the lease has run out. {Reason}", ServerTrouble.Explain(e, _server.Place));
        }
    }
}
