using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>A case as the read model keeps it: what lists show, and all that the router needs to rebuild its memory.</summary>
/// <remarks>A pure function of the state, so that read models can be rebuilt from events and compared.</remarks>
public sealed record CaseRow
{
    public required string Workspace { get; init; }
    public required string CaseId { get; init; }
    public required CaseState State { get; init; }

    public static CaseRow Of(string workspace, string caseId, CaseState state) => new() { Workspace = workspace, CaseId = caseId, State = state };
}
