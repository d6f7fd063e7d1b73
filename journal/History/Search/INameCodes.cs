using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>Numbers for names; 0 for none.</summary>
internal interface INameCodes
{
    int Code(NameKind kind, string text);
}

/// <summary>A case as its columns have it.</summary>
internal static class CaseFields
{
    internal static void Set(this BlockEdits edits, CaseNumber id, CaseState state, INameCodes names)
    {
        edits.Set(id, Field.State, Block.State(state));
        edits.Set(id, Field.Channel, names.Code(NameKind.Channel, state.Channel));
        edits.Set(id, Field.Account, names.Code(NameKind.Account, state.Account));
        edits.Set(id, Field.Queue, names.Code(NameKind.Queue, state.Queue));
        edits.Set(id, Field.Rating, Block.Rating(state.Rating));
        edits.Set(id, Field.Reason, names.Code(NameKind.Reason, state.Reason ?? ""));
        edits.Set(id, Field.LastHolder, names.Code(NameKind.Agent, state.Holder ?? state.LastHolder ?? ""));
        edits.Set(id, Field.Created, state.CreatedAt.UtcTicks);
        edits.Set(id, Field.Closed, state.ClosedAt?.UtcTicks ?? 0);
    }

    /// <summary>Every name that a change has.</summary>
    internal static IEnumerable<(NameKind Kind, string Text)> Names(CaseChange change)
    {
        var state = change.State;
        yield return (NameKind.Channel, state.Channel);
        yield return (NameKind.Account, state.Account);
        yield return (NameKind.Queue, state.Queue);
        yield return (NameKind.Reason, state.Reason ?? "");
        yield return (NameKind.Agent, state.Holder ?? state.LastHolder ?? "");
        foreach (var agent in change.Agents) yield return (NameKind.Agent, agent);
    }
}
