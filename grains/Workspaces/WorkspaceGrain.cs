using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Grains.Workspaces;

internal sealed class WorkspaceGrain(IJournal journal, ConfigurationCache cache, GrainOptions options, TimeProvider time, ILogger<WorkspaceGrain> log) : Grain, IWorkspaceGrain
{
    /// <summary>A configuration is large, and only the last one counts: so a snapshot comes sooner.</summary>
    private const int EventsCountedAs = 16;

    private StreamId _stream;
    private Snapshot<ConfiguredLast> _snapshot = null!;
    private VersionedConfiguration? _current;
    private string? _lastCommand;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var workspace = this.GetPrimaryKeyString();
        _stream = StreamOf(workspace);
        var place = new SnapshotPlace(_stream, SnapshotDocuments.Workspace, workspace, Math.Max(1, options.SnapshotEvery / EventsCountedAs));
        _snapshot = new Snapshot<ConfiguredLast>(journal, place, ConfiguredLast.Never, static (_, recorded) => ConfiguredLast.Of((WorkspaceConfigured)recorded.Event), log);
        var (last, version) = await _snapshot.Load(cancellationToken);
        if (last.Configuration is not null) Know(version, last);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Keep(isLast: true);

    /// <summary>The stream of a workspace's configurations.</summary>
    public static StreamId StreamOf(string workspace) => new(StreamKind.Workspace, workspace, "configuration");

    public Task<VersionedConfiguration?> Get() => Task.FromResult(_current);

    public async Task<ConfigureResult> Configure(WorkspaceConfiguration configuration, CommandContext context)
    {
        var version = _current?.Version ?? 0;
        if (context.CommandId is not null && context.CommandId == _lastCommand) return new ConfigureResult(null, version, []);
        var errors = ConfigurationValidator.Validate(configuration);
        if (!errors.IsEmpty)
            return new ConfigureResult(new Refusal(RefusalCode.ConfigurationInvalid, $"The configuration has {errors.Length} error(s); nothing was changed."), version, errors);
        if (context.IfVersion is { } seen && seen != version)
            return Refused(new Refusal(RefusalCode.VersionMismatch, $"The configuration is at version {version}, not {seen}: read it again and make the change anew."));
        var configured = new WorkspaceConfigured { At = time.GetUtcNow(), By = context.By, CommandId = context.CommandId, Configuration = configuration };
        AppendResult result;
        try
        {
            result = await journal.Append(new Append(new StreamAppend(_stream, version, [configured]), []));
        }
        catch (UnknownOutcomeException)
        {
            DeactivateOnIdle();
            return Refused(Refusals.TryAgain);
        }
        if (result is not AppendResult.Committed)
        {
            if (result is AppendResult.VersionConflict) DeactivateOnIdle();
            return Refused(Refusals.Of(result));
        }
        var before = _current?.Configuration.Agents ?? [];
        Know(version + 1, ConfiguredLast.Of(configured));
        Tell(before);
        await Keep(isLast: false);
        return new ConfigureResult(null, _current!.Version, []);

        ConfigureResult Refused(Refusal refusal) => new(refusal, version, []);
    }

    private void Know(long version, ConfiguredLast last)
    {
        _current = new VersionedConfiguration(version, last.Configuration!);
        _lastCommand = last.CommandId;
        cache.Put(this.GetPrimaryKeyString(), _current);
    }

    private Task Keep(bool isLast) =>
        _current is { } current ? _snapshot.Keep(new ConfiguredLast { Configuration = current.Configuration, CommandId = _lastCommand }, current.Version, isLast) : Task.CompletedTask;

    /// <summary>Agents who were configured away are told too: their work must go to others.</summary>
    private void Tell(ImmutableArray<AgentSettings> before)
    {
        var workspace = this.GetPrimaryKeyString();
        _ = GrainFactory.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Reconfigured();
        foreach (var agentId in before.Concat(_current!.Configuration.Agents).Select(agent => agent.Id).Distinct())
            _ = GrainFactory.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId)).Reconfigured();
    }
}

/// <summary>What the last configuring of a workspace made of it.</summary>
internal sealed record ConfiguredLast
{
    public static ConfiguredLast Never { get; } = new();

    public WorkspaceConfiguration? Configuration { get; init; }
    public string? CommandId { get; init; }

    public static ConfiguredLast Of(WorkspaceConfigured configured) => new() { Configuration = configured.Configuration, CommandId = configured.CommandId };
}
