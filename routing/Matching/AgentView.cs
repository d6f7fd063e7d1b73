using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>What the matcher knows of an agent.</summary>
/// <remarks>A hint with a version: an older one than the matcher has is ignored; one of the same version replaces it, because a
/// load can change without an event of the agent.</remarks>
public sealed record AgentView
{
    public required string AgentId { get; init; }
    public required long Version { get; init; }

    /// <summary>Skills, queues, languages, accounts, channels and capacity.</summary>
    public required AgentSettings Profile { get; init; }

    /// <summary>Whether new work may be given: available and connected.</summary>
    public required bool TakesWork { get; init; }

    /// <summary>What they say they are doing, for explanations.</summary>
    public string Activity { get; init; } = "";

    /// <summary>An agent who is offline is not waited for by the cases that prefer them.</summary>
    public Presence Presence { get; init; } = Presence.Connected;

    /// <summary>Counts the times the agent became available: declines of earlier times no longer hold.</summary>
    public int AvailabilityEpoch { get; init; }

    /// <summary>Since when nothing was offered to, given to or finished by them; the earlier, the longer idle.</summary>
    public required DateTimeOffset IdleSince { get; init; }

    /// <summary>Held cases and live offers.</summary>
    public AgentLoad Load { get; init; } = AgentLoad.None;
}

/// <summary>What an agent's hands are full of, live offers counted.</summary>
/// <param name="Units">Units of the total capacity.</param>
/// <param name="Cases">Cases per channel; a channel without any may be left out.</param>
public readonly record struct AgentLoad(int Units, ImmutableArray<ChannelLoad> Cases)
{
    public static AgentLoad None { get; } = new(0, []);

    /// <summary>Cases of one channel.</summary>
    public int Of(string channel)
    {
        if (Cases.IsDefault) return 0;
        foreach (var load in Cases)
            if (load.Channel == channel) return load.Cases;
        return 0;
    }
}

/// <summary>How many cases of a channel an agent holds or is offered.</summary>
public readonly record struct ChannelLoad(string Channel, int Cases);
