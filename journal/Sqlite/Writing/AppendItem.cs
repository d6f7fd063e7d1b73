using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>An append with everything that can be computed before it is its turn.</summary>
/// <param name="keys">Told what became of the keys; null where none are used.</param>
/// <exception cref="ArgumentException">An event has no stored name, or the whole is too large.</exception>
internal sealed class AppendItem(Append append, Sealing sealing, CustomerKeys? keys) : WriteItem
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EncodedAppend _encoded = new(append, sealing);
    private AppendResult? _result;

    internal Append Append => append;

    internal Sealing Sealing => sealing;

    internal Task<AppendResult> Done => _done.Task;

    internal override int Size => _encoded.Size;

    internal ReadOnlySpan<byte> EventsOf(int stream) => _encoded.EventsOf(stream);

    internal ReadOnlySpan<byte> BodyOf(int change) => _encoded.BodyOf(change);

    internal CaseFacts FactsOf(int change) => _encoded.FactsOf(change);

    internal override int Touch(int depth) => depth switch
    {
        0 => append is null ? 0 : 1,
        1 => _encoded.Size + sealing.Era + append.Streams.Length,
        2 => append.Streams.Length == 0 || append.Streams[0] is null ? 0 : 1,
        _ => TouchStreams(depth),
    };

    internal override void Run(WriterSession session) => _result = session.Write(this);

    internal override void Complete()
    {
        _encoded.Dispose();
        if (_result is AppendResult.Committed) keys?.Committed(append, sealing);
        else keys?.Refused(sealing);
        _done.TrySetResult(_result!);
    }

    internal override void Refuse(TimeSpan retryAfter, string reason)
    {
        _encoded.Dispose();
        _done.TrySetResult(new AppendResult.Overloaded(retryAfter, reason));
    }

    internal override void Fail(Exception exception)
    {
        _encoded.Dispose();
        _done.TrySetException(exception);
    }

    private int TouchStreams(int depth)
    {
        var sum = 0;
        foreach (var stream in append.Streams) sum += depth == 3 ? (int)stream.ExpectedVersion : stream.Stream.Id.Length;
        return sum;
    }
}
