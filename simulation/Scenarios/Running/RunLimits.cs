using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>How many wait where a limit says how many may.</summary>
internal sealed class RunLimits
{
    private readonly Scenario _scenario;
    private readonly CompiledConfiguration _configuration;
    private readonly ILookup<string, WaitingCount> _ofType;
    private readonly ILookup<string, WaitingCount> _ofQueue;

    public RunLimits(Scenario scenario, CompiledConfiguration configuration)
    {
        (_scenario, _configuration) = (scenario, configuration);
        _ofType = scenario.Limits.Where(limit => limit.Type is not null).ToLookup(limit => limit.Type!, limit => new WaitingCount(limit.Waiting));
        _ofQueue = scenario.Limits.Where(limit => limit.Queue is not null).ToLookup(limit => limit.Queue!, limit => new WaitingCount(limit.Waiting));
    }

    /// <summary>Those for a contact that arrives now.</summary>
    public ImmutableArray<WaitingCount> Of(ContactType type, DateTimeOffset now)
    {
        if (_scenario.Limits.IsEmpty) return [];
        var queue = _ofQueue.Count == 0 ? [] : _ofQueue[_configuration.Place(ScenarioWorkspace.Facts(_scenario, type), now).Queue];
        return [.. _ofType[type.Name], .. queue];
    }
}
