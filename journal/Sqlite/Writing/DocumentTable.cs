using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Documents. Etags count up over all of them and are never used again, so a document that was deleted and came back has
/// a new one.</summary>
internal sealed class DocumentTable(Database database)
{
    private readonly Statement _find = database.Prepare("SELECT etag FROM document WHERE collection = ? AND key = ?");
    private readonly Statement _put = database.Prepare(
        """
        INSERT INTO document (collection, key, etag, body) VALUES (?, ?, ?, ?)
        ON CONFLICT (collection, key) DO UPDATE SET etag = excluded.etag, body = excluded.body
        """);
    private readonly Statement _delete = database.Prepare("DELETE FROM document WHERE collection = ? AND key = ?");
    private readonly Statement _lastEtag = database.Prepare("SELECT value FROM counter WHERE name = 'etag'");
    private readonly Statement _count = database.Prepare("INSERT OR REPLACE INTO counter (name, value) VALUES ('etag', ?)");
    private long? _etag;
    private bool _counted = true;

    internal long? Etag(string collection, string key)
    {
        _find.Bind(1, collection);
        _find.Bind(2, key);
        if (!_find.Step()) return null;
        var etag = _find.Number(0);
        _find.Reset();
        return etag;
    }

    internal long Put(string collection, string key, ReadOnlySpan<byte> body)
    {
        var etag = (_etag ?? LastEtag()) + 1;
        (_etag, _counted) = (etag, false);
        _put.Bind(1, collection);
        _put.Bind(2, key);
        _put.Bind(3, etag);
        _put.BindBlob(4, body);
        _put.Run();
        return etag;
    }

    internal void Delete(string collection, string key)
    {
        _delete.Bind(1, collection);
        _delete.Bind(2, key);
        _delete.Run();
    }

    internal void Flush()
    {
        if (_counted) return;
        _count.Bind(1, _etag!.Value);
        _count.Run();
        _counted = true;
    }

    internal void Forget() => (_etag, _counted) = (null, true);

    private long LastEtag()
    {
        if (!_lastEtag.Step()) return 0;
        var last = _lastEtag.Number(0);
        _lastEtag.Reset();
        return last;
    }
}
