using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Storage;

/// <summary>Grain states in memory. What is stored is a copy, so that nothing is kept that was not written.</summary>
public sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _lastEtag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out Record? record))
        {
            grainState.State = Copiers.Copy((T?)record.Value);
            grainState.ETag = record.Etag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = default;
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Put(stateName, grainId, grainState.ETag, Copiers.Copy(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Record? stored = _records.GetValueOrDefault((stateName, grainId));
        bool done = stored?.Etag == grainState.ETag && (stored is null || _records.TryRemove(new((stateName, grainId), stored)));
        if (!done)
        {
            throw Conflict(stateName, grainId, stored, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.State = default;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private string Put(string stateName, GrainId grainId, string? expected, object? value)
    {
        var written = new Record(value, Interlocked.Increment(ref _lastEtag).ToString(CultureInfo.InvariantCulture));
        Record? stored = _records.GetValueOrDefault((stateName, grainId));
        bool done = stored?.Etag == expected
            && (stored is null ? _records.TryAdd((stateName, grainId), written) : _records.TryUpdate((stateName, grainId), written, stored));
        if (!done)
        {
            throw Conflict(stateName, grainId, stored, expected);
        }

        return written.Etag;
    }

    private static InconsistentStateException Conflict(string stateName, GrainId grainId, Record? stored, string? expected) =>
        new($"The state '{stateName}' of {grainId} was written by another activation.", stored?.Etag, expected);

    private sealed record Record(object? Value, string Etag);
}
