namespace RoutingGrid.Simulation.People;

// What an agent's client reads of the API: the members that it uses, and no others.

internal sealed record SignedIn(string SessionId);

/// <summary>A case as far as it is this agent's business: an offer of it, or in their hands.</summary>
internal sealed record HeldCase(string CaseId, string Channel, string Queue, bool Held, string? OfferId, string Status, EndedOfferOnWire? EndedOffer);

internal sealed record EndedOfferOnWire(string OfferId, string End);

/// <param name="Holdings">Complete in a snapshot only.</param>
internal sealed record AgentOnWire(string Activity, IReadOnlyList<HeldCase>? Holdings);

internal sealed record Notice(HeldCase? Holding, AgentOnWire? Agent);

internal sealed record CaseOnWire(
    string Status, string Channel, string Queue, string? Holder, int Messages, int Answers, ProfileOnWire? Profile, string? EscalatedTo)
{
    public string? Purpose => Profile?.Purpose;

    public string? Language => Profile?.Language;
}

internal sealed record ProfileOnWire(string? Purpose, string? Language);
