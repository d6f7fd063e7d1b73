using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace RoutingGrid.Engine.Tests.Storage;

/// <summary>A store that waits at gates, notices when two writes of one state run at once, and fails when told to.</summary>
public sealed class SlowStorage(Probe probe) : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (string Text, int Version)> _rows = new();
    private readonly ConcurrentDictionary<GrainId, int> _inside = new();

    public static void AddTo(IServiceCollection services) =>
        services.AddKeyedSingleton<IGrainStorage>("slow", static (provider, _) => new SlowStorage(provider.GetRequiredService<Probe>()));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string key = grainId.Key.ToString()!;
        if (key.EndsWith("unreadable", StringComparison.Ordinal))
        {
            throw new IOException("the disk is gone");
        }

        bool exists = _rows.TryGetValue(grainId, out (string Text, int Version) row);
        grainState.State = (T)(object)new NoteStateOf(row.Text ?? "new").Value;
        grainState.ETag = exists ? row.Version.ToString() : null;
        grainState.RecordExists = exists;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string key = grainId.Key.ToString()!;
        if (_inside.AddOrUpdate(grainId, 1, static (_, count) => count + 1) > 1)
        {
            probe.Write(key + " written twice at once");
        }

        string text = ((Grains.NoteState)(object)grainState.State!).Text;
        probe.Write($"{key} writes {text}");
        probe.Signal($"{key} writes {text}");
        await probe.Signalled($"{key} may write {text}");
        _inside.AddOrUpdate(grainId, 0, static (_, count) => count - 1);
        if (text == "bad")
        {
            throw new IOException("the disk is full");
        }

        int version = _rows.TryGetValue(grainId, out (string Text, int Version) row) ? row.Version : 0;
        if ((grainState.ETag ?? "0") != version.ToString())
        {
            throw new InconsistentStateException("somebody else wrote", version.ToString(), grainState.ETag);
        }

        _rows[grainId] = (text, version + 1);
        grainState.ETag = (version + 1).ToString();
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows.TryRemove(grainId, out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private readonly record struct NoteStateOf(string Text)
    {
        public Grains.NoteState Value => new() { Text = Text };
    }
}
