namespace RoutingGrid.Routing;

/// <summary>Something that happened to a case, an agent, a customer or a workspace, as the journal keeps it.</summary>
/// <remarks>
/// Events are never changed once written: a new meaning is a new record, a new field is optional. Their stored names are in
/// the journal's codec. All times are UTC.
/// </remarks>
public abstract record DomainEvent
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it: <c>agent:ana</c>, <c>key:…</c>, or null for the system itself.</summary>
    public string? By { get; init; }

    /// <summary>The command that caused it, so that its retry is recognised.</summary>
    public string? CommandId { get; init; }
}
