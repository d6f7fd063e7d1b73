using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Events and claims.</summary>
internal sealed class EventTable(Database database)
{
    private readonly Statement _add = database.Prepare("INSERT INTO slice (position, stream, version, events, checksum) VALUES (?, ?, ?, ?, ?)");
    private readonly Statement _addToChain = database.Prepare("INSERT INTO slice (position, stream, version, events, checksum, previous) VALUES (?, ?, ?, ?, ?, ?)");
    private readonly Statement _endChain = database.Prepare("UPDATE stream SET last = ? WHERE id = ?");
    private readonly Statement _findClaim = database.Prepare("SELECT value FROM claim WHERE key = ?");
    private readonly Statement _addClaim = database.Prepare("INSERT INTO claim (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING");
    private readonly Statement _removeClaim = database.Prepare("DELETE FROM claim WHERE key = ?");
    private readonly Statement _ofStream = database.Prepare("SELECT position, version, events FROM slice WHERE stream = ? AND previous IS NULL");
    private readonly Statement _change = database.Prepare("UPDATE slice SET events = ?, checksum = ? WHERE position = ?");
    private readonly Statement _last = database.Prepare(
        "SELECT max(coalesce((SELECT max(position) FROM slice), 0), coalesce((SELECT max(last) FROM archive_file), 0))");

    private readonly List<KnownStream> _grown = [];
    private bool _anyErasedClaim = database.Ask($"SELECT 1 FROM claim WHERE key >= '{ErasedClaim.Prefix}' AND key < 'erased0' LIMIT 1") is not null;

    /// <param name="events">In a <see cref="PooledBuffer"/>, which does not move.</param>
    internal void Add(long position, KnownStream stream, ReadOnlySpan<byte> events)
    {
        var add = stream.IsChain ? _addToChain : _add;
        add.Bind(1, position);
        add.Bind(2, stream.Id);
        add.Bind(3, stream.Version);
        add.BindUtf8InPlace(4, events);
        add.Bind(5, Checksum.Of(position, stream.Id, stream.Version, events));
        if (stream.IsChain) Link(stream, position);
        add.Run();
    }

    /// <summary>Where chains end now.</summary>
    internal void Flush()
    {
        foreach (var stream in _grown)
        {
            stream.HasGrown = false;
            _endChain.Bind(1, stream.Last);
            _endChain.Bind(2, stream.Id);
            _endChain.Run();
        }
        _grown.Clear();
    }

    internal void Forget() => _grown.Clear();

    /// <summary>Null: it is claimed now. Otherwise what was claimed under its key before.</summary>
    internal string? Claim(Claim claim)
    {
        if (_anyErasedClaim && Find(ErasedClaim.KeyOf(claim.Key)) is { } erased) return erased;
        return TryAdd(claim) ? null : Find(claim.Key);
    }

    internal bool Remove(Claim claim)
    {
        _removeClaim.Bind(1, claim.Key);
        _removeClaim.Run();
        return database.Changes == 1;
    }

    internal long LastPosition()
    {
        _last.Step();
        var last = _last.Number(0);
        _last.Reset();
        return last;
    }

    /// <summary>Keeps a claim, with another value, under a hash of its key.</summary>
    internal void Erase(Claim claim)
    {
        if (!Remove(claim)) return;
        TryAdd(claim with { Key = ErasedClaim.KeyOf(claim.Key) });
        _anyErasedClaim = true;
    }

    /// <summary>Takes personal data out of what was written before there were keys.</summary>
    internal void EraseUnsealed(KnownStream stream, string pseudonym)
    {
        foreach (var (position, version, events) in UnsealedOf(stream, pseudonym))
        {
            _change.BindUtf8(1, events);
            _change.Bind(2, Checksum.Of(position, stream.Id, version, events));
            _change.Bind(3, position);
            _change.Run();
        }
    }

    private void Link(KnownStream stream, long position)
    {
        _addToChain.Bind(6, stream.Last);
        stream.Last = position;
        if (stream.HasGrown) return;
        stream.HasGrown = true;
        _grown.Add(stream);
    }

    private List<(long Position, long Version, byte[] Events)> UnsealedOf(KnownStream stream, string pseudonym)
    {
        var found = new List<(long, long, byte[])>();
        _ofStream.Bind(1, stream.Id);
        while (_ofStream.Step())
            if (UnsealedEvents.Without(_ofStream.Bytes(2), pseudonym) is { } events) found.Add((_ofStream.Number(0), _ofStream.Number(1), events));
        return found;
    }

    private bool TryAdd(Claim claim)
    {
        _addClaim.Bind(1, claim.Key);
        _addClaim.Bind(2, claim.Value);
        _addClaim.Run();
        return database.Changes == 1;
    }

    private string? Find(string key)
    {
        _findClaim.Bind(1, key);
        if (!_findClaim.Step()) return null;
        var value = _findClaim.Text(0);
        _findClaim.Reset();
        return value;
    }
}
