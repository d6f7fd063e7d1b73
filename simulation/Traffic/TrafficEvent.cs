using RoutingGrid.GrainInterfaces.Cases;

namespace RoutingGrid.Simulation.Traffic;

/// <summary>Something that a customer does at a time.</summary>
public abstract record TrafficEvent
{
    private TrafficEvent(DateTimeOffset at) => At = at;

    public DateTimeOffset At { get; }

    /// <summary>The customer writes.</summary>
    /// <param name="Opening">The first message of a conversation.</param>
    public sealed record Writes(DateTimeOffset When, IncomingMessage Message, bool Opening) : TrafficEvent(When);

    /// <summary>The customer has waited long enough: whoever has not been attended by now will not come back.</summary>
    /// <param name="Opening">The message that opened the conversation.</param>
    public sealed record Leaves(DateTimeOffset When, IncomingMessage Opening) : TrafficEvent(When);
}
