using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Events and claims.</summary>
internal sealed class EventTable(Database database)
{
    private readonly Statement _add = database.Prepare("INSERT INTO slice (position, stream, version, events, checksum) VALUES (?, ?, ?, ?, ?)");
    private readonly Statement _findClaim = database.Prepare("SELECT value FROM claim WHERE key = ?");
    private readonly Statement _addClaim = database.Prepare("INSERT INTO claim (key, value) VALUES (?, ?)");
    private readonly Statement _last = database.Prepare("SELECT max(position) FROM slice");

    internal void Add(long position, KnownStream stream, ReadOnlySpan<byte> events)
    {
        _add.Bind(1, position);
        _add.Bind(2, stream.Id);
        _add.Bind(3, stream.Version);
        _add.BindUtf8(4, events);
        _add.Bind(5, Checksum.Of(position, stream.Id, stream.Version, events));
        _add.Run();
    }

    internal string? Claimed(string key)
    {
        _findClaim.Bind(1, key);
        if (!_findClaim.Step()) return null;
        var value = _findClaim.Text(0);
        _findClaim.Reset();
        return value;
    }

    internal void AddClaim(Claim claim)
    {
        _addClaim.Bind(1, claim.Key);
        _addClaim.Bind(2, claim.Value);
        _addClaim.Run();
    }

    internal long LastPosition()
    {
        _last.Step();
        var last = _last.Number(0);
        _last.Reset();
        return last;
    }
}
