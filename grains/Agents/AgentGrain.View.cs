using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Agents;

internal sealed partial class AgentGrain
{
    private const long Head = TimeSpan.TicksPerMillisecond;

    private long _viewVersion;

    /// <summary>The agent as the router should see them. An agent who is configured away takes no work.</summary>
    private async ValueTask<AgentView> View()
    {
        var (_, profile, _) = await Ready();
        return ViewOf(profile);
    }

    private AgentView ViewOf(AgentSettings? profile) => new()
    {
        AgentId = _agentId,
        Version = NextViewVersion(),
        Profile = profile ?? new AgentSettings { Id = _agentId },
        TakesWork = profile is not null && _state.TakesWork,
        Activity = _state.Activity,
        Presence = _state.Presence,
        AvailabilityEpoch = _state.AvailabilityEpoch,
        IdleSince = _hands.IdleSince,
        Load = _hands.Load,
    };

    // Of the clock, so that the news of a new activation is newer than that of the one before, also when that spoke at the same instant.
    private long NextViewVersion() => _viewVersion = _viewVersion == 0 ? Now.UtcTicks + Head : Math.Max(_viewVersion + 1, Now.UtcTicks);
}
