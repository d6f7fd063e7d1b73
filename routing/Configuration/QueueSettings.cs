using System.Collections.Immutable;

namespace RoutingGrid.Routing.Configuration;

/// <summary>How to choose among eligible agents. Ties go by the next of the three, then by agent id.</summary>
public enum RoutingStrategy { LeastLoaded, LongestIdle, BestSkill }

/// <summary>What happens to a queue's cases outside its business hours.</summary>
public enum OutsideHours
{
    /// <summary>They wait for the opening.</summary>
    Wait,
    /// <summary>They get the queue's automatic answer once, and wait.</summary>
    Answer,
    /// <summary>They go to the overflow queue.</summary>
    Overflow,
}

/// <summary>What happens to assigned cases when their agent is gone.</summary>
public enum AgentLostPolicy { Return, Stay }

/// <summary>Where cases wait for agents, and how they get one.</summary>
public sealed record QueueSettings
{
    public required string Name { get; init; }
    public RoutingStrategy Strategy { get; init; } = RoutingStrategy.LeastLoaded;

    /// <summary>Assign without asking: offer and acceptance in one step.</summary>
    public bool AutoAssign { get; init; }

    /// <summary>Time to answer an offer; null: the channel's.</summary>
    public int? OfferTimeoutSeconds { get; init; }

    /// <summary>Agents who are asked at once about one case; the first to accept wins.</summary>
    public int OffersAtOnce { get; init; } = 1;

    /// <summary>The activity of an agent who let an offer ring out (redirection on no answer).</summary>
    public string RonaActivity { get; init; } = "unavailable";

    /// <summary>A case is not offered again to an agent who declined it for so long, unless they were unavailable and came back.</summary>
    public int DeclinedForSeconds { get; init; } = 300;

    /// <summary>Points of priority that a waiting case gains per minute.</summary>
    public double AgeingPerMinute { get; init; }

    /// <summary>How long a case waits for the preferred agent before any other may have it.</summary>
    public int PreferredPatienceSeconds { get; init; }

    /// <summary>How a case's requirements relax while it waits; ordered by time.</summary>
    public ImmutableArray<StageSettings> Stages { get; init; } = [];

    /// <summary>The calendar of business hours; null: always open.</summary>
    public string? Calendar { get; init; }
    public OutsideHours OutsideHours { get; init; }
    public string? AutomaticAnswer { get; init; }
    public string? OverflowQueue { get; init; }

    public TargetSettings Targets { get; init; } = new();

    /// <summary>Whether a case that waits for somebody else still weighs on its agent.</summary>
    public bool WaitingKeepsCapacity { get; init; }

    /// <summary>How long a case that waits for its customer does so when the agent names no time; then it closes as expired.</summary>
    public int CustomerSilenceSeconds { get; init; } = 24 * 60 * 60;

    public AgentLostPolicy AgentLost { get; init; } = AgentLostPolicy.Return;

    /// <summary>How long a returned case prefers the agent who lost it.</summary>
    public int PreferSameAgentSeconds { get; init; } = 120;

    /// <summary>How long after closing a message reopens the case; 0: it always opens a new one.</summary>
    public int ReopenSeconds { get; init; } = 24 * 60 * 60;
}

/// <summary>After so long in the queue, these requirements are dropped or lowered, or more agents are asked.</summary>
public sealed record StageSettings
{
    /// <summary>Age in the queue at which the stage begins.</summary>
    public required int AfterSeconds { get; init; }

    /// <summary>Skills that are no longer required.</summary>
    public ImmutableArray<string> DropSkills { get; init; } = [];

    /// <summary>Skill → the level that is now enough.</summary>
    public ImmutableDictionary<string, int> LowerSkills { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Whether the customer's language is no longer required.</summary>
    public bool DropLanguage { get; init; }

    /// <summary>Queues whose agents are asked too.</summary>
    public ImmutableArray<string> AddQueues { get; init; } = [];
}

/// <summary>Promises about time. Null: none. Measured from the message that starts them.</summary>
public sealed record TargetSettings
{
    public int? FirstAnswerSeconds { get; init; }
    public int? NextAnswerSeconds { get; init; }
    public int? ResolutionSeconds { get; init; }

    /// <summary>Whether only the queue's business hours count.</summary>
    public bool BusinessTime { get; init; }

    /// <summary>The wait within which a case counts as served in time, for the service level.</summary>
    public int ServiceLevelSeconds { get; init; } = 20;
}

/// <summary>When its conditions all hold, a rule sends the case where it says. Rules are tried in order; the first wins.</summary>
public sealed record RuleSettings
{
    public required string Name { get; init; }

    /// <summary>All must hold. Empty: always.</summary>
    public ImmutableArray<ConditionSettings> When { get; init; } = [];
    public required string Queue { get; init; }

    /// <summary>Skill → minimum level.</summary>
    public ImmutableDictionary<string, int> Skills { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Whether the agent must speak the customer's language.</summary>
    public bool RequireLanguage { get; init; }

    /// <summary>Priority class, 0 to 9; higher is served first.</summary>
    public int Class { get; init; }

    /// <summary>Points added to the effective priority.</summary>
    public double Boost { get; init; }

    /// <summary>Waiting time that the case is given at the outset, which advances it among equals.</summary>
    public int CreditSeconds { get; init; }
}

/// <summary>One test of one named attribute of the case, such as <c>purpose</c>, <c>reach</c>, <c>text</c> or <c>attributes.plan</c>.</summary>
public sealed record ConditionSettings
{
    public required string Attribute { get; init; }
    public ConditionOperator Operator { get; init; } = ConditionOperator.Is;
    public required ImmutableArray<string> Values { get; init; }
}

public enum ConditionOperator { Is, IsNot, Contains, AtLeast, Below, Exists }

/// <summary>Business hours: a week of opening times in a time zone, without its holidays.</summary>
public sealed record CalendarSettings
{
    public required string Name { get; init; }

    /// <summary>An IANA time zone, such as <c>Europe/Madrid</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Day (<c>monday</c> …) → opening times such as <c>09:00-14:00</c>; an end of <c>24:00</c> is midnight.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Week { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Local dates without business, as <c>yyyy-MM-dd</c>.</summary>
    public ImmutableArray<string> Holidays { get; init; } = [];
}
