using Npgsql;
using RoutingGrid.Journal.History.Following;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Postgres.Leadership;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>A history in the journal's own database. Several processes may follow: the row of the position is locked first, and who comes second begins where the first has ended.</summary>
internal sealed class HistoryDatabase(Server server, Leader? leader) : IHistoryTables
{
    private readonly SemaphoreSlim _turn = new(1);
    private HistorySession? _session;

    public ValueTask<Followed> Followed(CancellationToken cancel) => With(session => session.Followed(cancel), cancel);

    public ValueTask<bool> Write(Followed before, Followed after, IReadOnlyList<HistoryStep> steps, CancellationToken cancel) =>
        With(session => session.Write(before, after, steps), cancel);

    public async ValueTask Clear(CancellationToken cancel) => await With(session => session.Clear(), cancel);

    // Vacuuming is the server's own matter.
    public ValueTask<bool> Tidy(CancellationToken cancel) => new(false);

    public ValueTask<long> Forgotten(CancellationToken cancel) => With(session => session.Forgotten(cancel), cancel);

    public async ValueTask Forget(IReadOnlyCollection<StreamId> cases, long file, CancellationToken cancel) => await With(session => session.Forget(cases, file), cancel);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await Drop();
    }

    private async ValueTask<T> With<T>(Func<HistorySession, ValueTask<T>> act, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _session ??= new HistorySession(await server.Lanes.OpenConnectionAsync(cancel), leader);
            return await act(_session);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            await Drop();
            if (e is PostgresException { SqlState: Leadership.TakenOver }) throw leader!.LearnTakenOver();
            throw new JournalUnusableException(ServerTrouble.Explain(e, server.Place), e);
        }
        catch
        {
            // Cancelled in the middle of an answer: the connection is not to be trusted.
            await Drop();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask Drop()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }

    private static class Leadership
    {
        internal const string TakenOver = Journal.Postgres.Leadership.Sql.TakenOver;
    }
}
