using System.Collections.Immutable;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Everything that an administrator decides about a workspace: one document, replaced as a whole, versioned.</summary>
/// <remarks>Names are case-sensitive and unique in their list. Durations are in seconds. Lists left out are empty.</remarks>
public sealed record WorkspaceConfiguration
{
    public ImmutableArray<ChannelSettings> Channels { get; init; } = [];
    public ImmutableArray<AccountSettings> Accounts { get; init; } = [];
    public ImmutableArray<SkillSettings> Skills { get; init; } = [];
    public ImmutableArray<ActivitySettings> Activities { get; init; } = ActivitySettings.Defaults;
    public ImmutableArray<CalendarSettings> Calendars { get; init; } = [];
    public ImmutableArray<QueueSettings> Queues { get; init; } = [];
    public ImmutableArray<RuleSettings> Rules { get; init; } = [];

    /// <summary>The queue of cases that no rule takes. Required where there are queues.</summary>
    public string? DefaultQueue { get; init; }

    public ImmutableArray<AgentSettings> Agents { get; init; } = [];
    public PresenceSettings Presence { get; init; } = new();

    /// <summary>The reasons from which a closed case gets one. Empty: any text is taken.</summary>
    public ImmutableArray<string> ClosingReasons { get; init; } = [];
}

/// <summary>A kind of conversation, such as <c>chat</c>, <c>email</c>, <c>comment</c>, and what one case of it weighs.</summary>
public sealed record ChannelSettings
{
    public required string Name { get; init; }

    /// <summary>Units of an agent's total capacity that one case of this channel takes.</summary>
    public int Units { get; init; } = 1;

    /// <summary>Default time to answer an offer: 20 s where somebody waits live, 120 s elsewhere.</summary>
    public int OfferTimeoutSeconds { get; init; } = 120;
}

/// <summary>One of the brand's accounts on a network. The account that a customer wrote to is the account that answers.</summary>
public sealed record AccountSettings
{
    public required string Id { get; init; }
    public required string Channel { get; init; }
    public string? Name { get; init; }
}

public sealed record SkillSettings
{
    public required string Name { get; init; }
    /// <summary>The highest level; levels count from 1.</summary>
    public int Levels { get; init; } = 5;
}

/// <summary>What an agent says they are doing.</summary>
public sealed record ActivitySettings
{
    public required string Name { get; init; }

    /// <summary>Whether it takes new work.</summary>
    public bool Available { get; init; }

    /// <summary>Whether offers that are pending survive entering it. Meaningless for available ones.</summary>
    public bool KeepsOffers { get; init; }

    /// <summary>The activities of a workspace that names none: available, busy, break, training, unavailable, offline.</summary>
    public static ImmutableArray<ActivitySettings> Defaults { get; } =
    [
        new() { Name = "available", Available = true },
        new() { Name = "busy", KeepsOffers = true },
        new() { Name = "break" },
        new() { Name = "training" },
        new() { Name = "unavailable" },
        new() { Name = "offline" },
    ];
}

/// <summary>Sessions, heartbeats and what follows when they end.</summary>
public sealed record PresenceSettings
{
    /// <summary>How often a session is asked to report. For clients; the server counts <see cref="DisconnectAfterSeconds"/>.</summary>
    public int HeartbeatSeconds { get; init; } = 10;

    /// <summary>Silence after which a session counts as disconnected; 0: sessions need no heartbeat.</summary>
    public int DisconnectAfterSeconds { get; init; } = 30;

    /// <summary>Time to come back before work is taken away.</summary>
    public int GraceSeconds { get; init; } = 60;

    /// <summary>Time without any action, after which a session ends; 0: never.</summary>
    public int IdleTimeoutSeconds { get; init; } = 30 * 60;

    /// <summary>A session's longest life; 0: unlimited.</summary>
    public int AbsoluteTimeoutSeconds { get; init; } = 12 * 60 * 60;
}

/// <summary>A person who takes cases.</summary>
public sealed record AgentSettings
{
    public required string Id { get; init; }
    public string? Name { get; init; }

    /// <summary>The queues this agent serves.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];

    /// <summary>Skill → level.</summary>
    public ImmutableDictionary<string, int> Skills { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Languages spoken, as the messages name them (<c>es</c>, <c>en</c>). Empty: all.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Accounts this agent may answer from. Empty: all.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Channel → cases of that channel held at once. A channel that is not named is not served. Empty: every channel, limited by the total alone.</summary>
    public ImmutableDictionary<string, int> Channels { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Units held at once over all channels.</summary>
    public int Capacity { get; init; } = 1;
}
