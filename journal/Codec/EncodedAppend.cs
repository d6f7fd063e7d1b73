using System.Collections.Immutable;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Codec;

/// <summary>An append's events and rows as JSON in one buffer: made on the caller's thread, so that who writes only moves bytes.</summary>
internal sealed class EncodedAppend : IDisposable
{
    private const int LargestSize = 64 << 20;
    private readonly PooledBuffer _buffer = PooledBuffer.Rent();
    private readonly Piece[] _events;
    private readonly Piece[] _bodies;
    private readonly CaseFacts?[] _facts;

    /// <param name="bodiesOfOpenCases">False: they are made when they are asked for, which may be never.</param>
    /// <exception cref="ArgumentException">An event has no stored name, or the whole is too large.</exception>
    internal EncodedAppend(Append append, Sealing sealing, bool bodiesOfOpenCases = true)
    {
        _events = new Piece[append.Streams.Length];
        _bodies = new Piece[append.Changes.Length];
        _facts = new CaseFacts?[append.Changes.Length];
        try
        {
            WriteJson(append, sealing, bodiesOfOpenCases);
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

    internal int Size => _buffer.Length;

    internal ReadOnlySpan<byte> EventsOf(int stream) => _buffer.Slice(_events[stream]);

    internal ReadOnlySpan<byte> BodyOf(int change) => _buffer.Slice(_bodies[change]);

    internal ReadOnlyMemory<byte> EventsMemory(int stream) => _buffer.Memory(_events[stream]);

    internal ReadOnlyMemory<byte> BodyMemory(int change, ReadModelChange made)
    {
        if (_bodies[change].Length == 0 && made is ReadModelChange.PutCase put) _bodies[change] = WriteState(put.Row.State);
        return _buffer.Memory(_bodies[change]);
    }

    internal CaseFacts FactsOf(int change) => _facts[change]!;

    public void Dispose() => _buffer.Dispose();

    private void WriteJson(Append append, Sealing sealing, bool bodiesOfOpenCases)
    {
        using var ciphers = new Ciphers();
        for (var i = 0; i < _events.Length; i++)
        {
            if (append.Streams[i].Events.IsEmpty) continue;
            var start = _buffer.Length;
            if (sealing.Of(i) is { Key: var key }) SealedEvents.Write(_buffer, append.Streams[i].Events, key.Id, ciphers.Of(key));
            else WriteEvents(append.Streams[i].Events);
            _events[i] = _buffer.Since(start);
        }
        for (var i = 0; i < _bodies.Length; i++)
        {
            switch (append.Changes[i])
            {
                case ReadModelChange.PutCase put:
                    _facts[i] = CaseFacts.Of(put.Row.State);
                    // A new case's body is written in any case.
                    if (bodiesOfOpenCases || !_facts[i]!.Open || append.Streams is [{ ExpectedVersion: 0 }, ..]) _bodies[i] = WriteState(put.Row.State);
                    break;
                case ReadModelChange.PutAgent put:
                    _bodies[i] = WriteState(put.Row.State);
                    break;
            }
        }
    }

    private void WriteEvents(ImmutableArray<DomainEvent> events)
    {
        var json = _buffer.Json();
        EventCodec.WriteMany(json, events.AsSpan());
        json.Flush();
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
