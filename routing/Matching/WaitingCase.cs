using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Matching;

/// <summary>What the matcher knows of a case that needs an agent: one that is queued, or offered and still asking others.</summary>
/// <remarks>A hint with a version: an older one than the matcher has is ignored.</remarks>
public sealed record WaitingCase
{
    public required string CaseId { get; init; }
    public required long Version { get; init; }
    public required string Queue { get; init; }
    public required string Channel { get; init; }
    public required string Account { get; init; }

    /// <summary>What the rules demanded at first; the queue's stages relax it by the matcher's clock.</summary>
    public Requirements Needs { get; init; } = Requirements.None;

    /// <summary>Priority class, 0 to 9.</summary>
    public int Class { get; init; }

    /// <summary>Points added to the effective priority.</summary>
    public double Boost { get; init; }

    /// <summary>Where it stands among equals; ageing counts from here.</summary>
    public required DateTimeOffset VirtualStart { get; init; }

    /// <summary>When it entered the queue it is in; stages and the patience for the preferred agent count from here.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    public string? PreferredAgent { get; init; }

    /// <summary>Until when it waits for nobody but the preferred agent; null: the queue's patience says.</summary>
    public DateTimeOffset? PreferredUntil { get; init; }

    /// <summary>Agents who declined it or let it ring out.</summary>
    public ImmutableArray<Decline> Declines { get; init; } = [];

    /// <summary>Agents with a live offer of it.</summary>
    public ImmutableArray<string> Asked { get; init; } = [];

    /// <summary>The rule that chose the queue, for explanations.</summary>
    public string? Rule { get; init; }

    /// <summary>The matcher's part of a case. Meaningful while the case is queued or offered.</summary>
    public static WaitingCase From(CaseState state, string caseId) => new()
    {
        CaseId = caseId,
        Version = state.Version,
        Queue = state.Queue,
        Channel = state.Channel,
        Account = state.Account,
        Needs = state.Needs,
        Class = state.Class,
        Boost = state.Boost,
        VirtualStart = state.VirtualStart,
        QueuedAt = state.QueuedAt,
        PreferredAgent = state.PreferredAgent,
        PreferredUntil = state.PreferredUntil,
        Declines = state.Declines,
        Asked = state.Offers.IsEmpty ? [] : [.. state.Offers.Select(o => o.AgentId)],
        Rule = state.Rule,
    };
}
