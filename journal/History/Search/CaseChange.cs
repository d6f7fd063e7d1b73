using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What a batch makes of one case.</summary>
/// <param name="Position">Of its first event in the batch.</param>
/// <param name="Words">All that is written in it.</param>
/// <param name="Agents">Who came to hold it or answered it.</param>
internal sealed record CaseChange(string Workspace, string CaseId, long Position, CaseState State, string Words, IReadOnlyCollection<string> Agents)
{
    internal bool HasNewWords { get; private init; }

    internal bool HasNewAuthor { get; private init; }

    /// <summary>It is in an archive, and is not searched.</summary>
    internal bool IsArchived { get; private init; }

    internal StreamId Stream => new(StreamKind.Case, Workspace, CaseId);

    /// <summary>The words of who wrote.</summary>
    internal string Author => CaseTexts.Author(State);

    /// <summary>The customer's personal data was destroyed: nothing of it may stay here either.</summary>
    internal bool IsErased => State.ErasedAt is not null;

    internal string? CustomerNumber => State.Profile?.Attributes.GetValueOrDefault("customerNumber") is { Length: > 0 } number ? number : null;

    /// <summary>The changes of a batch, in the order in which its cases come up.</summary>
    internal static List<CaseChange> Of(IReadOnlyList<HistoryStep> steps)
    {
        var order = new List<CaseChange>();
        var places = new Dictionary<StreamId, int>();
        foreach (var step in steps)
        {
            if (step is not CaseStep happened) continue;
            if (!places.TryGetValue(happened.Recorded.Stream, out var place))
            {
                places.Add(happened.Recorded.Stream, place = order.Count);
                order.Add(new CaseChange(happened.Workspace, happened.CaseId, happened.Recorded.Position, happened.After, "", []));
            }
            order[place] = order[place].And(happened);
        }
        return order;
    }

    private CaseChange And(CaseStep step) => this with
    {
        State = step.After,
        Words = step.Words,
        HasNewWords = HasNewWords || CaseTexts.Of(step.Recorded.Event) is not null || step.Recorded.Event is CaseCustomerErased,
        HasNewAuthor = HasNewAuthor || step.Before.CustomerId != step.After.CustomerId || step.Before.ErasedAt != step.After.ErasedAt,
        IsArchived = step.IsArchived,
        Agents = step.Recorded.Event switch
        {
            CaseAssigned e => With(e.AgentId),
            CaseAnswered e => With(e.AgentId),
            _ => Agents,
        },
    };

    private IReadOnlyCollection<string> With(string agent) => Agents.Contains(agent) ? Agents : [.. Agents, agent];
}
