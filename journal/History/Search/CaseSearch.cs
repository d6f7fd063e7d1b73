using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What is looked for among the cases of a workspace; all that is given must hold. docs/SEARCH.md has the definitions.</summary>
public sealed record CaseSearch
{
    /// <summary>Words, <c>"phrases"</c>, <c>-without</c> and <c>begin*</c> in messages, answers and notes.</summary>
    public string? Text { get; init; }

    /// <summary>Beginnings of words of the author's handle or name.</summary>
    public string? User { get; init; }

    public string? Channel { get; init; }
    public string? Account { get; init; }

    /// <summary>Who ever held it or answered it.</summary>
    public string? Agent { get; init; }

    /// <summary>Who holds it, or held it last.</summary>
    public string? LastHolder { get; init; }

    public string? Customer { get; init; }

    /// <summary>The profile's attribute <c>customerNumber</c>.</summary>
    public string? CustomerNumber { get; init; }

    /// <summary>The queue it is or was last in.</summary>
    public string? Queue { get; init; }

    public CaseStatus? Status { get; init; }
    public ShownStatus? Shown { get; init; }
    public Rating? Rating { get; init; }
    public string? Reason { get; init; }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Closed, at this time or later.</summary>
    public DateTimeOffset? ClosedFrom { get; init; }

    /// <summary>Closed, before this time.</summary>
    public DateTimeOffset? ClosedTo { get; init; }
}
