using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Postgres.Leadership;
using RoutingGrid.Journal.Postgres.Reading;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Archive;

/// <summary>Reads as everybody does, and writes on a connection of its own, for the epoch in which this process is active.</summary>
internal sealed class PostgresArchiveTables(Reads reads, Server server, Leader? leader) : IArchiveTables
{
    private NpgsqlConnection? _connection;

    public async ValueTask<IReadOnlyList<ArchiveFile>> Leftovers(CancellationToken cancel)
    {
        await Told(async () =>
        {
            _connection = await server.Plain.OpenConnectionAsync(cancel);
            try
            {
                return await Run(Sql.Alone);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                throw new ArchivingAlreadyException($"Another process archives {server.Place}.");
            }
        });
        return await reads.All(Sql.Leftovers, row => new ArchiveFile(row.GetInt64(0), row.GetString(1), row.GetString(2)), cancel);
    }

    public ValueTask<ArchiveFile> Announce(string folder, DateTimeOffset at) => Told(async () =>
    {
        await using var batch = Batch();
        AddEpoch(batch);
        Reads.Add(batch, Sql.Announce, folder, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new ArchiveFile(reader.GetInt64(0), folder, reader.GetString(1));
    });

    public async ValueTask Forget(ArchiveFile file) => await Told(async () =>
    {
        await using var batch = Batch();
        AddEpoch(batch);
        Reads.Add(batch, Sql.Forget, file.Id);
        return await batch.ExecuteNonQueryAsync();
    });

    public async ValueTask<IReadOnlyList<(long Number, string Name)>> Workspaces(CancellationToken cancel) =>
        await reads.All(Sql.Workspaces, row => ((long)row.GetInt32(0), row.GetString(1)), cancel);

    public async ValueTask<IReadOnlyList<ClosedCase>> Closed(long workspace, string name, long after, int limit, CancellationToken cancel) => await reads.All(
        Sql.Closed, row => new ClosedCase(row.GetInt64(0), row.GetString(1), StateCodec.ReadRow<CaseState>(row.GetFieldValue<byte[]>(2))), cancel, (int)workspace, after, (long)limit);

    public async ValueTask<ImmutableArray<CaseToArchive>> Stored(IReadOnlyList<(StreamId Stream, ClosedCase Case)> cases, CancellationToken cancel)
    {
        long[] numbers = [.. cases.Select(entry => entry.Case.Number)];
        var archived = (await reads.All(Sql.Archived, row => (row.GetInt64(0), row.GetInt64(1)), cancel, numbers)).ToDictionary();
        var slices = (await reads.All(Sql.Slices, row => (Stream: row.GetInt64(4), Slice: EventReads.SliceOf(row)), cancel, numbers)).ToLookup(row => row.Stream, row => row.Slice);
        return
        [
            .. cases.Where(entry => slices.Contains(entry.Case.Number)).Select(entry => new CaseToArchive(
                entry.Stream, entry.Case.Number, entry.Case.State, archived.GetValueOrDefault(entry.Case.Number), [.. slices[entry.Case.Number]])),
        ];
    }

    public ValueTask<bool> Move(ArchiveFile file, IReadOnlyList<ArchivedPiece> pieces, IReadOnlyList<int> slices) => Told(async () =>
    {
        try
        {
            if (await Locked(pieces))
            {
                await Write(file, pieces, slices.Sum());
                return true;
            }
        }
        catch
        {
            // The server undoes what is left, and lets go of the lock.
            await DisposeAsync();
            throw;
        }
        await Run("ROLLBACK");
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        await _connection.DisposeAsync();
        _connection = null;
    }

    /// <summary>Nobody writes to these cases until the transaction ends. False: somebody has, since they were read.</summary>
    private async Task<bool> Locked(IReadOnlyList<ArchivedPiece> pieces)
    {
        long[] numbers = [.. pieces.Select(piece => piece.Number)];
        var versions = pieces.ToDictionary(piece => piece.Number, piece => piece.Version);
        await using var batch = Batch();
        Reads.Add(batch, Sql.Begin);
        AddEpoch(batch);
        Reads.Add(batch, Sql.Lock, numbers);
        Reads.Add(batch, Sql.Versions, numbers);
        Reads.Add(batch, Sql.HasDeadlines, numbers);
        await using var reader = await batch.ExecuteReaderAsync();
        var same = 0;
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            if (versions[reader.GetInt64(0)] == reader.GetInt64(1)) same++;
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return same == pieces.Count && !reader.GetBoolean(0);
    }

    private async Task Write(ArchiveFile file, IReadOnlyList<ArchivedPiece> pieces, int slices)
    {
        var numbers = Column(pieces, piece => piece.Number);
        await using (var batch = Batch())
        {
            Reads.Add(batch, Sql.NameCustomers, numbers);
            Reads.Add(batch, Sql.Add, numbers, Column(pieces, piece => piece.Version), Column(pieces, piece => piece.After), Column(pieces, piece => piece.First),
                Column(pieces, piece => piece.Position), Column(pieces, piece => piece.ClosedAt.UtcTicks), Column(pieces, piece => piece.Place.Offset), file.Id,
                Column(pieces, piece => piece.Place.Length));
            ArchivedPiece[] unsealed = [.. pieces.Where(piece => piece.Key is not null)];
            Reads.Add(batch, Sql.AddKeys, Column(unsealed, piece => piece.Number), Column(unsealed, piece => piece.Key!.Id), unsealed.Select(piece => piece.Key!.Bytes).ToArray(), file.Id);
            Reads.Add(batch, Sql.RemoveSlices, numbers);
            Reads.Add(batch, Sql.KeepVersions, numbers);
            Reads.Add(batch, Sql.RemoveRows, numbers);
            Reads.Add(batch, Sql.Finish, file.Id, pieces.Min(piece => piece.First), pieces.Max(piece => piece.Position));
            await batch.ExecuteNonQueryAsync();
            Check(batch, pieces.Count, unsealed.Length, slices, pieces.Count, pieces.Count, 1);
        }
        await Run("COMMIT");
    }

    /// <summary>Whether the last statements met as many rows as were read.</summary>
    private static void Check(NpgsqlBatch batch, params ReadOnlySpan<int> expected)
    {
        for (var i = 1; i <= expected.Length; i++)
            if ((int)batch.BatchCommands[^i].RecordsAffected != expected[^i])
                throw new InvalidOperationException($"{batch.BatchCommands[^i].RecordsAffected} rows where {expected[^i]} were read: {batch.BatchCommands[^i].CommandText}");
    }

    private static long[] Column(IReadOnlyList<ArchivedPiece> pieces, Func<ArchivedPiece, long> of) => [.. pieces.Select(of)];

    private NpgsqlBatch Batch() => new(_connection ?? throw new IOException($"The connection to {server.Place} was lost.")) { Timeout = 300 };

    private void AddEpoch(NpgsqlBatch batch)
    {
        if (leader is not null) Reads.Add(batch, Writing.Sql.WriteFor, leader.Epoch);
    }

    private async Task<int> Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteNonQueryAsync();
    }

    private async ValueTask<T> Told<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException e) when (e.SqlState == Leadership.Sql.TakenOver)
        {
            throw leader!.LearnTakenOver();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new IOException($"Archiving stopped: {ServerTrouble.Explain(e, server.Place)}", e);
        }
    }
}
