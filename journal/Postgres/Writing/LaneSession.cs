using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>A lane's connection. It writes one group at a time.</summary>
/// <remarks>
/// A group is one transaction in two exchanges. The first locks the rows of all streams that the group is about, in the order of their
/// ids, and reads their versions and the claims; then it is decided which appends pass; the second writes those and commits. The order
/// of waiting is the same in every transaction of every process, so that none waits in a circle: rows of streams by id, names of new
/// streams by name, claims by key. All other rows belong to a stream whose row is locked. Who writes alone and remembers the versions has nothing
/// to lock and nothing to ask: then it is one exchange.
/// </remarks>
internal sealed class LaneSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly KnownNumbers _numbers;
    private readonly CustomerKeys _keys;
    private readonly long? _epoch;
    private readonly Func<Task>? _beforeCommit;

    private LaneSession(NpgsqlConnection connection, KnownNumbers numbers, CustomerKeys keys, long? epoch, Func<Task>? beforeCommit) =>
        (_connection, _numbers, _keys, _epoch, _beforeCommit) = (connection, numbers, keys, epoch, beforeCommit);

    /// <summary>The commit was sent: what happens from here on may have been committed.</summary>
    internal bool IsCommitting { get; private set; }

    internal bool IsOpen => _connection.FullState == System.Data.ConnectionState.Open;

    internal static async Task<LaneSession> Open(NpgsqlDataSource lanes, KnownNumbers numbers, CustomerKeys keys, long? epoch, Func<Task>? beforeCommit) =>
        new(await lanes.OpenConnectionAsync(), numbers, keys, epoch, beforeCommit);

    /// <summary>Writes what passes of a group, and commits. The appends have their results then.</summary>
    /// <param name="care">What is asked for before it is written.</param>
    internal async Task Write(GroupPlan plan, LaneCare care)
    {
        IsCommitting = false;
        plan.Forget();
        await NumberWorkspaces(plan);
        await NumberStreams(plan, care.AskForStreams);
        var asksForClaims = care.AskForClaims || !_numbers.IsAlone;
        var hasBegun = await Ask(plan, asksForClaims);
        var write = plan.Decide(asksForClaims);
        foreach (var erasure in write.Erasures) await erasure.Read(_connection);
        if (_beforeCommit is not null) await _beforeCommit();
        if (write.IsEmpty)
        {
            if (hasBegun) await Rollback();
            return;
        }
        write.Number(await Commit(write, hasBegun));
        _numbers.Keep(plan.Streams);
        foreach (var erasure in write.Erasures)
        {
            erasure.Customer.Known = null;
            _keys.Erased(erasure.Customer.Name);
        }
    }

    /// <summary>Throws where the connection was lost while nothing was sent: before a group is, whose end nobody would know then.</summary>
    internal async Task Probe()
    {
        IsCommitting = false;
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add("SELECT 1");
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Until no transaction of this epoch runs, also none whose connection was lost.</summary>
    internal async Task EndWrites()
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add(Sql.Begin);
        batch.Add(Leadership.Sql.EndWrites);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Undoes what was begun. When this returns, nothing of it is or will ever be in the database.</summary>
    internal async Task Rollback()
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add("ROLLBACK");
        // take_positions has one for a moment, and it would outlive a transaction that was cancelled just then.
        batch.Add("SELECT pg_advisory_unlock_all()");
        await batch.ExecuteNonQueryAsync();
        IsCommitting = false;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Outside of the transaction: a name that is numbered in vain does no harm, and is needed by others at the same time.
    private async Task NumberWorkspaces(GroupPlan plan)
    {
        SortedSet<string>? unknown = null;
        foreach (var stream in plan.Streams)
        {
            if (_numbers.Workspace(stream.Name.Workspace) is { } number) stream.Workspace = number;
            else (unknown ??= new(StringComparer.Ordinal)).Add(stream.Name.Workspace);
        }
        if (unknown is null) return;
        string[] names = [.. unknown];
        await using (var batch = new NpgsqlBatch(_connection))
        {
            AddEpoch(batch);
            batch.Add(Sql.MakeWorkspaces, [names]);
            batch.Add(Sql.FindWorkspaces, [names]);
            await using var reader = await batch.ExecuteReaderAsync();
            while (await reader.ReadAsync()) _numbers.Add(reader.GetString(0), reader.GetInt32(1));
        }
        foreach (var stream in plan.Streams) stream.Workspace = _numbers.Workspace(stream.Name.Workspace)!.Value;
    }

    private async Task NumberStreams(GroupPlan plan, bool lookUp)
    {
        var unknown = new List<GroupStream>();
        foreach (var stream in plan.Streams)
        {
            if (_numbers.Known(stream) is { } known)
            {
                stream.Learn(known);
                continue;
            }
            stream.Id = 0;
            if (lookUp || !stream.IsNew) unknown.Add(stream);
            stream.IsNew = true;
        }
        if (unknown.Count == 0) return;
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add(
            Sql.FindStreams, Enumerable.Range(0, unknown.Count).Select(i => (long)i).ToArray(), unknown.Map(s => (long)s.Workspace),
            unknown.Map(s => Names<StreamKind>.Text(s.Name.Kind)), unknown.Map(s => s.Name.Id));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var stream = unknown[(int)reader.GetInt64(0)];
            stream.Id = reader.GetInt64(1);
            stream.Learn(_numbers.Add(stream));
        }
    }

    /// <summary>Locks what is not sure, and asks for what is not known. False: there was nothing, and no transaction has begun.</summary>
    private async Task<bool> Ask(GroupPlan plan, bool asksForClaims)
    {
        var (unsure, created) = (new List<GroupStream>(), new List<GroupStream>());
        foreach (var stream in plan.Streams)
        {
            if (stream.IsNew) created.Add(stream);
            else if (!stream.IsSure) unsure.Add(stream);
        }
        unsure.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        var (claims, personal) = (asksForClaims ? plan.ClaimKeys : [], plan.PersonalKeys(_numbers.IsAlone ? _keys.Era : null));
        if (_numbers.IsAlone) await TakeIdsAhead(created);
        var isNeeded = unsure.Count > 0 || claims.Length > 0 || personal.Length > 0 || (!_numbers.IsAlone && created.Count > 0);
        if (!isNeeded && _beforeCommit is null) return false;

        await using var batch = new NpgsqlBatch(_connection);
        AddBegin(batch);
        if (unsure.Count > 0)
        {
            var ids = unsure.Map(stream => stream.Id);
            batch.Add(Sql.LockStreams, [ids]);
            batch.Add(Sql.Versions, [ids]);
        }
        if (claims.Length > 0) batch.Add(Sql.FindClaims, [claims]);
        if (personal.Length > 0) batch.Add(Sql.FindKeys, [personal]);
        if (!_numbers.IsAlone && created.Count > 0) batch.Add(Sql.TakeIds, created.Count);
        await using var reader = await batch.ExecuteReaderAsync();
        if (unsure.Count > 0) await ReadVersions(reader, unsure);
        if (claims.Length > 0)
        {
            while (await reader.ReadAsync()) plan.Claimed(reader.GetString(0), reader.GetString(1));
            await reader.NextResultAsync();
        }
        if (personal.Length > 0)
        {
            while (await reader.ReadAsync()) plan.HasKey(reader.GetInt64(0));
            await reader.NextResultAsync();
        }
        if (_numbers.IsAlone) return true;
        for (var i = 0; i < created.Count && await reader.ReadAsync(); i++) created[i].Id = reader.GetInt64(0);
        return true;
    }

    private static async Task ReadVersions(NpgsqlDataReader reader, List<GroupStream> streams)
    {
        // They come in the order in which they were locked, that of their ids. A stream that has another name by now is an erased customer's, whose old name is somebody else's.
        var locked = 0;
        while (await reader.ReadAsync() && locked < streams.Count && reader.GetInt64(0) == streams[locked].Id && reader.GetString(1) == streams[locked].Name.Id) locked++;
        if (locked < streams.Count) throw new DatabaseChangedException();
        await reader.NextResultAsync();
        for (var i = 0; i < streams.Count && await reader.ReadAsync(); i++) streams[i].Version = reader.GetInt64(0);
        await reader.NextResultAsync();
    }

    // A number that is never used does no harm.
    private async Task TakeIdsAhead(List<GroupStream> created)
    {
        while (!_numbers.TryTakeIds(created))
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.Add(Sql.TakeIds, _numbers.Lacks(created.Count));
            await using var reader = await batch.ExecuteReaderAsync();
            var ids = new List<long>();
            while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
            _numbers.AddIds(ids);
        }
    }

    /// <returns>The position before the group's first event.</returns>
    private async Task<long> Commit(GroupWrite write, bool hasBegun)
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (!hasBegun) AddBegin(batch);
        write.AddTo(batch);
        batch.Add("COMMIT");
        IsCommitting = true;
        var before = 0L;
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
            {
                while (await reader.ReadAsync()) before = reader.GetInt64(0);
            }
            while (await reader.NextResultAsync());
        }
        // Only here: closing the reader may still hear that the connection is gone.
        IsCommitting = false;
        return before;
    }

    private void AddBegin(NpgsqlBatch batch)
    {
        batch.Add(Sql.Begin);
        AddEpoch(batch);
    }

    private void AddEpoch(NpgsqlBatch batch)
    {
        if (_epoch is { } epoch) batch.Add(Sql.WriteFor, epoch);
        else batch.Add(Sql.WriteBeside);
    }
}

/// <summary>What a lane asks for although it believes to know: it was wrong once.</summary>
/// <param name="AskForStreams">Streams that are not remembered, also where an append expects that there is none.</param>
/// <param name="AskForClaims">Claims, also where nobody else writes.</param>
internal readonly record struct LaneCare(bool AskForStreams, bool AskForClaims);

/// <summary>Rows that were there are not there any more: the database was replaced under this process.</summary>
internal sealed class DatabaseChangedException() : Exception("Streams that were written before are not in the database any more.");
