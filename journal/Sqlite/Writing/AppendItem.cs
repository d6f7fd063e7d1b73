using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>An append with everything that can be computed before it is its turn: made on the caller's thread, so that the one
/// writer only moves bytes.</summary>
internal sealed class AppendItem : WriteItem
{
    private const int LargestSize = 64 << 20;
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PooledBuffer _buffer = PooledBuffer.Rent();
    private readonly Piece[] _events;
    private readonly Piece[] _bodies;
    private readonly CaseFacts?[] _facts;
    private AppendResult? _result;

    /// <exception cref="ArgumentException">An event has no stored name, or the whole is too large.</exception>
    internal AppendItem(Append append)
    {
        Append = append;
        _events = new Piece[append.Streams.Length];
        _bodies = new Piece[append.Changes.Length];
        _facts = new CaseFacts?[append.Changes.Length];
        try
        {
            WriteJson();
            if (_buffer.Length > LargestSize)
                throw new ArgumentException(
                    $"The append has {_buffer.Length:N0} bytes; {LargestSize:N0} are the most. Split it.", nameof(append));
        }
        catch
        {
            _buffer.Dispose();
            throw;
        }
    }

    internal Append Append { get; }

    internal Task<AppendResult> Done => _done.Task;

    internal override int Size => _buffer.Length;

    internal ReadOnlySpan<byte> EventsOf(int stream) => _buffer.Slice(_events[stream]);

    internal ReadOnlySpan<byte> BodyOf(int change) => _buffer.Slice(_bodies[change]);

    internal CaseFacts FactsOf(int change) => _facts[change]!;

    internal override void Run(WriterSession session) => _result = session.Write(this);

    internal override void Complete()
    {
        _buffer.Dispose();
        _done.TrySetResult(_result!);
    }

    internal override void Refuse(TimeSpan retryAfter, string reason)
    {
        _buffer.Dispose();
        _done.TrySetResult(new AppendResult.Overloaded(retryAfter, reason));
    }

    internal override void Fail(Exception exception)
    {
        _buffer.Dispose();
        _done.TrySetException(exception);
    }

    private void WriteJson()
    {
        for (var i = 0; i < _events.Length; i++)
        {
            if (Append.Streams[i].Events.IsEmpty) continue;
            var start = _buffer.Length;
            var json = _buffer.Json();
            EventCodec.WriteMany(json, Append.Streams[i].Events.AsSpan());
            json.Flush();
            _events[i] = _buffer.Since(start);
        }
        for (var i = 0; i < _bodies.Length; i++)
        {
            switch (Append.Changes[i])
            {
                case ReadModelChange.PutCase put:
                    _facts[i] = CaseFacts.Of(put.Row.State);
                    _bodies[i] = WriteState(put.Row.State);
                    break;
                case ReadModelChange.PutAgent put:
                    _bodies[i] = WriteState(put.Row.State);
                    break;
            }
        }
    }

    private Piece WriteState<T>(T state) where T : class
    {
        var start = _buffer.Length;
        var json = _buffer.Json();
        StateCodec.Write(json, state);
        json.Flush();
        return _buffer.Since(start);
    }
}
