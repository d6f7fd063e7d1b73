using System.Collections.Immutable;

namespace RoutingGrid.Routing;

/// <summary>What a command decides: events to append (none where it changes nothing), or a refusal.</summary>
public readonly record struct Decision
{
    private Decision(ImmutableArray<DomainEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    /// <summary>The events, in order. Empty when the command changes nothing or is refused.</summary>
    public ImmutableArray<DomainEvent> Events { get; }

    /// <summary>Why not, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The command is fine, and there is nothing to do: a repetition, usually.</summary>
    public static Decision Nothing { get; } = new([], null);

    /// <summary>These happened.</summary>
    public static Decision Of(params ImmutableArray<DomainEvent> events) => new(events, null);

    /// <summary>Refused; the detail says what is wrong and what to do.</summary>
    public static Decision Refuse(RefusalCode code, string detail) => new([], new Refusal(code, detail));

    /// <summary>Refused for a reason found elsewhere.</summary>
    public static Decision Refuse(Refusal refusal) => new([], refusal);
}
