using System.Globalization;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>A document to write, or to delete where there is no body.</summary>
internal sealed class DocumentItem(string collection, string key, byte[]? body, string? expectedEtag) : WriteItem
{
    private readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _etag;

    /// <summary>The new etag (the old one of what was deleted), or null where the expected one was not current.</summary>
    internal Task<string?> Done => _done.Task;

    internal override int Size => body?.Length ?? 0;

    internal override void Run(WriterSession session)
    {
        var current = session.Documents.Etag(collection, key)?.ToString(CultureInfo.InvariantCulture);
        if (current != expectedEtag || (body is null && current is null))
        {
            _etag = null;
        }
        else if (body is null)
        {
            session.Documents.Delete(collection, key);
            _etag = current;
        }
        else
        {
            _etag = session.Documents.Put(collection, key, body).ToString(CultureInfo.InvariantCulture);
        }
    }

    internal override void Complete() => _done.TrySetResult(_etag);

    internal override void Refuse(TimeSpan retryAfter, string reason) =>
        _done.TrySetException(new IOException($"The document was not written: {reason}"));

    internal override void Fail(Exception exception) => _done.TrySetException(exception);
}
