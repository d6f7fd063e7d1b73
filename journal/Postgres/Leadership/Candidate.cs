using Microsoft.Extensions.Logging;
using Npgsql;

namespace RoutingGrid.Journal.Postgres.Leadership;

/// <summary>Waits until nobody is active, and becomes the one that is.</summary>
internal sealed class Candidate(Server server, PostgresJournalOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);
    private Standing? _first;
    private string? _active;

    /// <exception cref="JournalUnusableException">Another server is active, and the options do not allow to wait for it.</exception>
    internal async Task<Leader> Take(CancellationToken cancel)
    {
        for (var isConnected = true; ;)
        {
            LeaderSession? session = null;
            try
            {
                session = await LeaderSession.Open(server, time, cancel);
                isConnected = true;
                return await Take(session, cancel);
            }
            catch (Exception e)
            {
                if (session is not null) await session.DisposeAsync();
                if (e is not (NpgsqlException or IOException or TimeoutException or InvalidOperationException)) throw;
                if (isConnected) log.LogWarning("Standing by without a connection: {Reason}", ServerTrouble.Explain(e, server.Place));
                isConnected = false;
            }
            await Task.Delay(BetweenAttempts, time, cancel);
        }
    }

    private async Task<Leader> Take(LeaderSession session, CancellationToken cancel)
    {
        while (true)
        {
            var standing = await session.Look(cancel);
            var over = standing.Over;
            if (standing.Left > TimeSpan.Zero && over is null)
            {
                Notice(standing);
                await session.Changed(standing.Left < LookEvery ? standing.Left : LookEvery, cancel);
                continue;
            }
            var asked = time.GetTimestamp();
            if (await session.TryTake(options.Holder, options.Lease.Length, over, cancel) is not { } epoch) continue;
            log.LogInformation("Active from now on: epoch {Epoch} of {Place}.", epoch, server.Place);
            return new Leader(server, session, epoch, asked, options.Lease, time, log);
        }
    }

    /// <summary>A lease that still runs may be that of a process that is dead; one that is renewed is not.</summary>
    private void Notice(Standing standing)
    {
        _first ??= standing;
        if (!options.StandBy && (standing.Epoch != _first.Value.Epoch || standing.LeasedUntil > _first.Value.LeasedUntil))
            throw new JournalUnusableException(
                $"{server.Place} is in use by another server: {standing.Holder}. Stop that one, have this one stand by, or give it a database of its own.");
        if (_active == standing.Holder) return;
        _active = standing.Holder;
        log.LogInformation("Standing by: {Active} is active.", _active);
        options.OnStandBy?.Invoke(_active);
    }
}
