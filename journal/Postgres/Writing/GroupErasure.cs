using Npgsql;
using RoutingGrid.Journal.Personal;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>The erasure of a customer within one group. All their streams are locked by it.</summary>
internal sealed record GroupErasure(Erasure Erasure, GroupStream Customer, GroupStream[] Streams)
{
    private readonly List<(long Position, long Checksum, ReadOnlyMemory<byte> Events)> _changed = [];

    /// <summary>Finds what was written before there were keys, and has it written anew without personal data.</summary>
    internal async Task Read(NpgsqlConnection connection)
    {
        _changed.Clear();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Sql.SlicesOf, [Streams.Where(stream => stream.Name.Kind is StreamKind.Case or StreamKind.Customer).Select(stream => stream.Id).ToArray()]);
        await using var rows = await batch.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            if (UnsealedEvents.Without(rows.GetFieldValue<byte[]>(3), Erasure.Pseudonym) is { } events)
                _changed.Add((rows.GetInt64(0), Checksum.Of(rows.GetInt64(1), rows.GetInt64(2), events), events));
    }

    internal void AddTo(NpgsqlBatch batch)
    {
        batch.Add(Sql.DestroyKeys, new[] { Customer.Id }, new[] { Erasure.Pseudonym });
        batch.Add(Sql.DeleteDocuments, new[] { SnapshotDocuments.Customer }, new[] { SnapshotDocuments.CustomerKey(Erasure.Customer.Workspace, Erasure.Customer.Id) });
        batch.Add(Sql.RenameStreams, new[] { Customer.Id }, new[] { Erasure.Pseudonym });
        if (!Erasure.Claims.IsEmpty)
            batch.Add(Sql.EraseClaims, Erasure.Claims.Select(claim => claim.Key).ToArray(), Erasure.Claims.Select(claim => ErasedClaim.KeyOf(claim.Key)).ToArray(), Erasure.Claims.Select(claim => claim.Value).ToArray());
        if (_changed.Count > 0) batch.Add(Sql.ChangeSlices, _changed.Map(slice => slice.Position), _changed.Map(slice => slice.Checksum), _changed.Map(slice => slice.Events));
    }
}
