using RoutingGrid.Mutants.Tests.Planting;

namespace RoutingGrid.Mutants.Tests.Bugs;

/// <summary>What others did not have, and what would hide a bug of theirs here: taken away together with it.</summary>
internal static class Layers
{
    /// <summary>A case lets no more agents be asked than its queue says.</summary>
    public static Change CaseCountsOffers { get; } = new(
        "routing/Cases/Offering.cs",
        """if (state.Offers.Length >= c.Queue.OffersAtOnce) return Decision.Refuse(RefusalCode.OffersExhausted, "Enough agents are being asked already.");""",
        "");

    /// <summary>An agent takes nothing that they have no room for.</summary>
    public static Change AgentCountsUnits { get; } = new("grains/Agents/AgentGrain.Offers.cs", "return NoRoom(profile, offer.Channel, units);", "return null;");

    /// <summary>An agent takes nothing from an account that they may not answer from.</summary>
    public static Change AgentChecksAccount { get; } = new(
        "grains/Agents/AgentGrain.Offers.cs",
        """if (!Eligibility.MayAnswerFrom(profile, offer.Account)) return new Refusal(RefusalCode.AccountNotPermitted, $"{_agentId} may not answer from account '{offer.Account}'.");""",
        "");

    /// <summary>An agent takes nothing while they are not there.</summary>
    public static Change AgentChecksPresence { get; } = new(
        "grains/Agents/AgentGrain.Offers.cs",
        """
                if (_state.Presence != Presence.Connected) return new Refusal(RefusalCode.AgentOffline, $"{_agentId} is {_state.Presence}.");
                if (!_state.ActivityAvailable)
        """,
        "        if (!_state.ActivityAvailable)");

    /// <summary>An agent takes nothing while they do something else.</summary>
    public static Change AgentChecksActivity { get; } = new(
        "grains/Agents/AgentGrain.Offers.cs",
        """if (!_state.ActivityAvailable) return new Refusal(RefusalCode.AgentUnavailable, $"{_agentId} is in activity '{_state.Activity}'.");""",
        "");
}
