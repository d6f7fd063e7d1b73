using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What a group writes: one statement per table, each with its rows as arrays.</summary>
internal sealed class GroupWrite(bool areClaimsKnown)
{
    private readonly List<(PendingAppend Append, long Place)> _passed = [];
    private readonly Columns _slices = new();
    private readonly List<Claim> _claims = [];
    private readonly List<string> _notClaimed = [];
    private readonly List<(GroupStream Customer, PersonalKey Key)> _keys = [];
    private readonly List<GroupStream> _created = [];
    private readonly Columns _versions = new();
    private readonly CaseWrites _cases = new();
    private readonly Columns _agents = new();
    private readonly DeadlineWrites _deadlines = new();
    private long _events;

    internal bool IsEmpty => _passed.Count == 0;

    internal IReadOnlyList<GroupStream> Created => _created;

    /// <summary>Events of one append for one stream.</summary>
    internal void Add(GroupStream stream, int count, ReadOnlyMemory<byte> events)
    {
        _events += count;
        _slices.Add(_events, stream.Id, stream.Version, Checksum.Of(stream.Id, stream.Version, events.Span));
        _slices.Text(0).Add(events);
    }

    internal void Add(Claim claim, string erased)
    {
        _claims.Add(claim);
        if (!areClaimsKnown) _notClaimed.Add(erased);
    }

    internal void Add(GroupStream customer, PersonalKey key) => _keys.Add((customer, key));

    internal void Add(Erasure erasure, GroupStream customer, GroupStream[] streams) => Erasures.Add(new GroupErasure(erasure, customer, streams));

    internal List<GroupErasure> Erasures { get; } = [];

    internal void Passed(PendingAppend append) => _passed.Add((append, _events));

    /// <summary>What the group said last of each stream, once.</summary>
    internal void Finish(List<GroupStream> streams)
    {
        foreach (var stream in streams)
        {
            if (stream is { IsNew: true, IsUsed: true }) _created.Add(stream);
            // A case's is that of its last slice.
            else if (stream.HasEvents && !stream.PutsCase) _versions.Add(stream.Id, stream.Version);
            if (stream.Row is not null) AddRow(stream, stream.Row, stream.RowChange);
            foreach (var deadline in stream.Deadlines ?? []) _deadlines.Add(stream, deadline);
        }
        // In one order everywhere: who waits for a name or a key then never holds one that somebody before them waits for.
        _created.Sort(ByName);
        _claims.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
    }

    /// <summary>The positions are known: every append that passed is told its own.</summary>
    internal void Number(long positionBefore)
    {
        foreach (var (append, place) in _passed) append.Result = new AppendResult.Committed(positionBefore + place);
    }

    /// <summary>Positions come last, so that they are held only while the commit runs; what waits for others comes before.</summary>
    internal void AddTo(NpgsqlBatch batch)
    {
        if (_created.Count > 0)
            batch.Add(Sql.CreateStreams, _created.Map(s => s.Id), _created.Map(s => s.Workspace), _created.Map(s => Names<StreamKind>.Text(s.Name.Kind)), _created.Map(s => s.Name.Id), _created.Map(s => s.Version));
        if (_keys.Count > 0) batch.Add(Sql.AddKeys, _keys.Map(k => k.Key.Id), _keys.Map(k => k.Customer.Id), _keys.Map(k => k.Key.Bytes));
        if (_notClaimed.Count > 0) batch.Add(Sql.NotClaimed, [_notClaimed.ToArray()]);
        if (_claims.Count > 0) batch.Add(Sql.Claim, _claims.Map(c => c.Key), _claims.Map(c => c.Value));
        if (_versions.Any) AddVersions(batch);
        _cases.AddTo(batch);
        if (_agents.Any) batch.Add(Sql.PutAgents, _agents[0], _agents[1], _agents.TextArray(0));
        _deadlines.AddTo(batch);
        foreach (var erasure in Erasures) erasure.AddTo(batch);
        if (_slices.Any) batch.Add(Sql.AddSlices, _events, _slices[0], _slices[1], _slices[2], _slices.TextArray(0), _slices[3]);
        else batch.Add(Sql.LastPosition);
    }

    private void AddVersions(NpgsqlBatch batch)
    {
        var (ids, versions) = (_versions[0], _versions[1]);
        Array.Sort(ids, versions);
        batch.Add(Sql.Advance, ids, versions);
    }

    private void AddRow(GroupStream stream, PendingAppend append, int change)
    {
        if (stream.PutsCase)
        {
            _cases.Add(stream, append, change);
            return;
        }
        _agents.Add(stream.Workspace, stream.Id);
        _agents.Text(0).Add(append.BodyOf(change));
    }

    private static int ByName(GroupStream a, GroupStream b)
    {
        var order = a.Workspace.CompareTo(b.Workspace);
        if (order == 0) order = (int)a.Name.Kind - (int)b.Name.Kind;
        return order != 0 ? order : string.CompareOrdinal(a.Name.Id, b.Name.Id);
    }
}
