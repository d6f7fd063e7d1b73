using System.Collections.Immutable;
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

internal sealed class WorkspaceGrain(IJournal journal, ConfigurationCache cache, TimeProvider time) : Grain, IWorkspaceGrain
{
    private StreamId _stream;
    private VersionedConfiguration? _current;
    private string? _lastCommand;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new StreamId(StreamKind.Workspace, this.GetPrimaryKeyString(), "configuration");
        foreach (var recorded in await journal.ReadStream(_stream, 0, cancellationToken)) Apply(recorded.Version, recorded.Event);
    }

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
        Apply(version + 1, configured);
        Tell(before);
        return new ConfigureResult(null, _current!.Version, []);

        ConfigureResult Refused(Refusal refusal) => new(refusal, version, []);
    }

    private void Apply(long version, DomainEvent happened)
    {
        var configured = (WorkspaceConfigured)happened;
        _current = new VersionedConfiguration(version, configured.Configuration);
        _lastCommand = configured.CommandId;
        cache.Put(this.GetPrimaryKeyString(), _current);
    }

    /// <summary>Agents who were configured away are told too: their work must go to others.</summary>
    private void Tell(ImmutableArray<AgentSettings> before)
    {
        var workspace = this.GetPrimaryKeyString();
        _ = GrainFactory.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Reconfigured();
        foreach (var agentId in before.Concat(_current!.Configuration.Agents).Select(agent => agent.Id).Distinct())
            _ = GrainFactory.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId)).Reconfigured();
    }
}
