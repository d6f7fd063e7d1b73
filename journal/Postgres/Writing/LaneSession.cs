using Npgsql;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>A lane's connection. It writes one group at a time.</summary>
/// <remarks>
/// A group is one transaction in two exchanges. The first locks the rows of all streams that the group is about, in the order of their
/// ids, and reads their versions and the claims; then it is decided which appends pass; the second writes those and commits. The order
/// of waiting is the same in every transaction of every process, so that none waits in a circle: rows of streams by id, names of new
/// streams by name, claims by key. All other rows belong to a stream whose row is locked.
/// </remarks>
internal sealed class LaneSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly KnownNumbers _numbers;
    private readonly long? _epoch;
    private readonly Func<Task>? _beforeCommit;

    private LaneSession(NpgsqlConnection connection, KnownNumbers numbers, long? epoch, Func<Task>? beforeCommit) =>
        (_connection, _numbers, _epoch, _beforeCommit) = (connection, numbers, epoch, beforeCommit);

    /// <summary>The commit was sent: what happens from here on may have been committed.</summary>
    internal bool IsCommitting { get; private set; }

    internal bool IsOpen => _connection.FullState == System.Data.ConnectionState.Open;

    internal static async Task<LaneSession> Open(NpgsqlDataSource lanes, KnownNumbers numbers, long? epoch, Func<Task>? beforeCommit) =>
        new(await lanes.OpenConnectionAsync(), numbers, epoch, beforeCommit);

    /// <summary>Writes what passes of a group, and commits. The appends have their results then.</summary>
    /// <param name="lookUp">Ask for every stream that is not remembered, also where its append expects that there is none.</param>
    internal async Task Write(GroupPlan plan, bool lookUp)
    {
        IsCommitting = false;
        plan.Forget();
        await NumberWorkspaces(plan);
        await NumberStreams(plan, lookUp);
        await Lock(plan);
        var write = plan.Decide();
        foreach (var erasure in write.Erasures) await erasure.Read(_connection);
        if (_beforeCommit is not null) await _beforeCommit();
        if (write.IsEmpty)
        {
            await Rollback();
            return;
        }
        write.Number(await Commit(write));
        foreach (var stream in write.Created) _numbers.Add(stream.Name, stream.Id);
        foreach (var erasure in write.Erasures) _numbers.Remove(erasure.Customer.Name);
        _numbers.Trim();
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
            if (_epoch is { } epoch) batch.Add(Sql.WriteFor, epoch);
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
            stream.Id = _numbers.Stream(stream.Name);
            if (stream.Id == 0 && (lookUp || !stream.IsNew)) unknown.Add(stream);
            stream.IsNew = stream.Id == 0;
        }
        if (unknown.Count == 0) return;
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add(
            Sql.FindStreams, Enumerable.Range(0, unknown.Count).Select(i => (long)i).ToArray(), unknown.Map(s => (long)s.Workspace),
            unknown.Map(s => s.Name.Kind.ToString()), unknown.Map(s => s.Name.Id));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var stream = unknown[(int)reader.GetInt64(0)];
            stream.Id = reader.GetInt64(1);
            stream.IsNew = false;
            _numbers.Add(stream.Name, stream.Id);
        }
    }

    private async Task Lock(GroupPlan plan)
    {
        var (known, created) = (new List<GroupStream>(plan.Streams.Count), new List<GroupStream>());
        foreach (var stream in plan.Streams) (stream.IsNew ? created : known).Add(stream);
        known.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        var (keys, personal) = (plan.ClaimKeys, plan.PersonalKeys);
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add(Sql.Begin);
        if (_epoch is { } epoch) batch.Add(Sql.WriteFor, epoch);
        batch.Add(Sql.LockStreams, known.Map(stream => stream.Id), known.Map(stream => stream.Name.Id));
        if (keys.Length > 0) batch.Add(Sql.FindClaims, [keys]);
        if (personal.Length > 0) batch.Add(Sql.FindKeys, [personal]);
        if (created.Count > 0) batch.Add(Sql.TakeIds, created.Count);
        await using var reader = await batch.ExecuteReaderAsync();

        // They come in the order in which they were locked, that of their ids.
        var locked = 0;
        for (; locked < known.Count && await reader.ReadAsync() && reader.GetInt64(0) == known[locked].Id; locked++) known[locked].Version = reader.GetInt64(1);
        if (locked < known.Count)
        {
            _numbers.Forget();
            throw new DatabaseChangedException();
        }
        if (keys.Length > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync()) plan.Claimed(reader.GetString(0), reader.GetString(1));
        }
        if (personal.Length > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync()) plan.HasKey(reader.GetInt64(0));
        }
        if (created.Count > 0) await reader.NextResultAsync();
        for (var i = 0; i < created.Count && await reader.ReadAsync(); i++) created[i].Id = reader.GetInt64(0);
    }

    /// <returns>The position before the group's first event.</returns>
    private async Task<long> Commit(GroupWrite write)
    {
        await using var batch = new NpgsqlBatch(_connection);
        write.AddTo(batch);
        batch.Add("COMMIT");
        IsCommitting = true;
        await using var reader = await batch.ExecuteReaderAsync();
        var before = 0L;
        do
        {
            while (await reader.ReadAsync()) before = reader.GetInt64(0);
        }
        while (await reader.NextResultAsync());
        IsCommitting = false;
        return before;
    }
}

/// <summary>Rows that were there are not there any more: the database was replaced under this process.</summary>
internal sealed class DatabaseChangedException() : Exception("Streams that were written before are not in the database any more.");
