using System.Globalization;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Files of archived cases, and which case is where in them.</summary>
internal sealed class ArchiveTable(Database database, StreamTable streams)
{
    private readonly Statement _announce = database.Prepare(
        "INSERT INTO archive_file (folder, name) VALUES (?1, ?2 || '-' || lower(hex(randomblob(6))) || '.jsonl.gz') RETURNING id, name");
    private readonly Statement _forget = database.Prepare("DELETE FROM archive_file WHERE id = ? AND last IS NULL");
    private readonly Statement _finish = database.Prepare("UPDATE archive_file SET first = ?2, last = ?3 WHERE id = ?1 AND last IS NULL");
    private readonly Statement _hasDeadline = database.Prepare("SELECT 1 FROM deadline WHERE owner = ?");
    private readonly Statement _add = database.Prepare(
        """
        INSERT INTO archived (stream, version, after, first, position, customer, queue, closed, file, offset, length)
        SELECT id, ?2, ?3, ?4, ?5, customer, queue, ?6, ?7, ?8, ?9 FROM case_row WHERE id = ?1
        """);
    private readonly Statement _addKey = database.Prepare("INSERT INTO personal_key (id, customer, key) SELECT ?2, customer, ?3 FROM case_row WHERE id = ?1");
    private readonly Statement _removeSlices = database.Prepare("DELETE FROM slice WHERE stream = ? AND previous IS NULL");
    private readonly Statement _removeRow = database.Prepare("DELETE FROM case_row WHERE id = ?");

    internal ArchiveFile Announce(string folder, DateTimeOffset at)
    {
        _announce.Bind(1, folder);
        _announce.Bind(2, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        _announce.Step();
        var file = new ArchiveFile(_announce.Number(0), folder, _announce.Text(1));
        _announce.Reset();
        return file;
    }

    internal bool Forget(ArchiveFile file)
    {
        _forget.Bind(1, file.Id);
        _forget.Run();
        return database.Changes == 1;
    }

    /// <summary>False: a case is not as it was read. Looks at all of them before it touches one.</summary>
    internal bool Move(ArchiveFile file, IReadOnlyList<ArchivedPiece> pieces, IReadOnlyList<int> slices)
    {
        foreach (var piece in pieces)
            if (streams.Find(piece.Stream) is not { PendingItem: null } known || known.Version != piece.Version || HasDeadline(known.Id)) return false;
        for (var i = 0; i < pieces.Count; i++) Move(file, pieces[i], slices[i]);
        _finish.Bind(1, file.Id);
        _finish.Bind(2, pieces.Min(piece => piece.First));
        _finish.Bind(3, pieces.Max(piece => piece.Position));
        _finish.Run();
        return database.Changes == 1 ? true : throw new InvalidOperationException($"The archive file {file.Name} is not announced.");
    }

    private void Move(ArchiveFile file, ArchivedPiece piece, int slices)
    {
        Add(file, piece);
        if (piece.Key is { } key) Add(piece.Number, key);
        RunOn(_removeSlices, piece.Number, slices);
        RunOn(_removeRow, piece.Number, 1);
        // The writer would otherwise change a row that is gone.
        var known = streams.Find(piece.Stream)!;
        (known.Facts, known.FactsKnown) = (null, true);
    }

    private void Add(ArchiveFile file, ArchivedPiece piece)
    {
        _add.Bind(1, piece.Number);
        _add.Bind(2, piece.Version);
        _add.Bind(3, piece.After);
        _add.Bind(4, piece.First);
        _add.Bind(5, piece.Position);
        _add.Bind(6, piece.ClosedAt.UtcTicks);
        _add.Bind(7, file.Id);
        _add.Bind(8, piece.Place.Offset);
        _add.Bind(9, piece.Place.Length);
        _add.Run();
        if (database.Changes != 1) throw new InvalidOperationException($"{piece.Stream} has no row.");
    }

    private void Add(long number, PersonalKey key)
    {
        _addKey.Bind(1, number);
        _addKey.Bind(2, key.Id);
        _addKey.BindBlob(3, key.Bytes);
        _addKey.Run();
    }

    private void RunOn(Statement statement, long stream, int expected)
    {
        statement.Bind(1, stream);
        statement.Run();
        if (database.Changes != expected) throw new InvalidOperationException($"Stream {stream} has {database.Changes} rows where {expected} were read.");
    }

    private bool HasDeadline(long owner)
    {
        _hasDeadline.Bind(1, owner);
        var has = _hasDeadline.Step();
        if (has) _hasDeadline.Reset();
        return has;
    }
}
