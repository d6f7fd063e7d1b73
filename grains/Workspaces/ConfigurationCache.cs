using System.Collections.Concurrent;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Workspaces;

/// <summary>The newest known configuration of every workspace in this process, compiled once for all its grains.</summary>
public sealed class ConfigurationCache(IGrainFactory grains, TimeProvider time, GrainOptions options)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>The configuration, at most <see cref="GrainOptions.ConfigurationMaxAge"/> behind; null where there is none.</summary>
    public ValueTask<CompiledConfiguration?> Get(string workspace)
    {
        if (_entries.TryGetValue(workspace, out var entry) && time.GetUtcNow() - entry.At <= options.ConfigurationMaxAge) return new(entry.Configuration);
        return Load(workspace);
    }

    /// <summary>Notes a version; an older one than is known changes nothing but the age.</summary>
    internal CompiledConfiguration Put(string workspace, VersionedConfiguration newest)
    {
        var now = time.GetUtcNow();
        return _entries.AddOrUpdate(
            workspace,
            _ => new Entry(new CompiledConfiguration(newest.Version, newest.Configuration), now),
            (_, known) => known.Configuration.Version >= newest.Version
                ? known with { At = now }
                : new Entry(new CompiledConfiguration(newest.Version, newest.Configuration), now)).Configuration;
    }

    private async ValueTask<CompiledConfiguration?> Load(string workspace) =>
        await grains.GetGrain<IWorkspaceGrain>(workspace).Get() is { } newest ? Put(workspace, newest) : null;

    private sealed record Entry(CompiledConfiguration Configuration, DateTimeOffset At);
}
