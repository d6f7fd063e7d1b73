using System.Runtime.CompilerServices;
using Npgsql;
using RoutingGrid.Journal.Postgres.Reading;
using RoutingGrid.Journal.Postgres.Writing;

namespace RoutingGrid.Journal.Postgres;

public sealed partial class PostgresJournal : IJournalMaintenance
{
    /// <inheritdoc/>
    /// <remarks>It reads one state of the database, so it may also run beside servers. A group that was undone leaves a gap in positions;
    /// what is lost shows in the versions. Pages are the server's own matter: with data checksums (<c>initdb -k</c>) it refuses to read damaged ones.</remarks>
    public async IAsyncEnumerable<Damage> Inspect(IProgress<long>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var findings = new SliceScan(_server, _files).All(progress, cancel).GetAsyncEnumerator(cancel);
        while (true)
        {
            Damage? last = null;
            try
            {
                if (!await findings.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                last = new Damage(null, $"it cannot be read on: {ServerTrouble.Explain(e, Place)}");
            }
            yield return last ?? findings.Current;
            if (last is not null) yield break;
        }
    }

    public async Task<Rebuilt> Rebuild(IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await _server.Plain.OpenConnectionAsync(cancel);
            return await new RowRebuild(connection, _files).Run(progress, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new IOException($"Nothing was rebuilt: {ServerTrouble.Explain(e, Place)}", e);
        }
    }
}
