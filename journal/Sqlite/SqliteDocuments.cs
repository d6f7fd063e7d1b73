using System.Globalization;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Journal.Sqlite.Writing;

namespace RoutingGrid.Journal.Sqlite;

/// <summary>Documents. Writes share the commits of appends, and are refused with an <see cref="IOException"/> where those would
/// be as overload.</summary>
internal sealed class SqliteDocuments(Readers readers, Writer writer) : IDocuments
{
    public ValueTask<Document?> Get(string collection, string key, CancellationToken cancel = default) => readers.Look(reader =>
    {
        var find = reader["SELECT key, etag, body FROM document WHERE collection = ? AND key = ?"];
        find.Bind(1, collection);
        find.Bind(2, key);
        return Reader.First(find, DocumentOf);
    }, cancel);

    public async ValueTask<string?> Put(string collection, string key, ReadOnlyMemory<byte> body, string? expectedEtag, CancellationToken cancel = default) =>
        await Write(new DocumentItem(collection, key, body.ToArray(), expectedEtag), cancel);

    public async ValueTask<bool> Delete(string collection, string key, string? expectedEtag, CancellationToken cancel = default) =>
        await Write(new DocumentItem(collection, key, null, expectedEtag), cancel) is not null;

    public ValueTask<IReadOnlyList<Document>> List(string collection, CancellationToken cancel = default) => readers.Scan<IReadOnlyList<Document>>(reader =>
    {
        var rows = reader["SELECT key, etag, body FROM document WHERE collection = ? ORDER BY key"];
        rows.Bind(1, collection);
        return Reader.All(rows, DocumentOf);
    }, cancel);

    private Task<string?> Write(DocumentItem item, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (writer.TryAdd(item) is not null) throw new IOException($"The document was not written: {writer.FullQueue}");
        return item.Done.WaitAsync(cancel);
    }

    private static Document DocumentOf(Statement row) =>
        new(row.Text(0), row.Number(1).ToString(CultureInfo.InvariantCulture), row.Bytes(2).ToArray());
}
