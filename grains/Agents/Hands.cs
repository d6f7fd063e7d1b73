using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Agents;

/// <summary>What an agent holds and is offered, as the cases have said.</summary>
internal sealed class Hands
{
    // Few at a time, in the order in which they came, so that nothing depends on the order of a hash table.
    private readonly List<Holding> _holdings = [];

    /// <summary>Since when nothing was given to, offered to or taken from this agent.</summary>
    public DateTimeOffset IdleSince { get; set; }

    public ImmutableArray<Holding> All => [.. _holdings];

    public IEnumerable<Holding> Offers => _holdings.Where(holding => holding.OfferId is not null);

    public bool Has(string caseId) => IndexOf(caseId) >= 0;

    public Holding? Find(string caseId) => IndexOf(caseId) is >= 0 and var index ? _holdings[index] : null;

    /// <summary>What weighs on the agent, offers counted.</summary>
    public AgentLoad Load
    {
        get
        {
            var units = 0;
            var cases = ImmutableArray<ChannelLoad>.Empty;
            foreach (var holding in _holdings)
            {
                units += holding.Units;
                cases = Count(cases, holding.Channel);
            }
            return new AgentLoad(units, cases);
        }
    }

    /// <summary>Notes what a case says, unless newer is known.</summary>
    public Taken Take(Holding holding, DateTimeOffset at)
    {
        var index = IndexOf(holding.CaseId);
        if (index < 0 && holding is { Units: 0, Held: false }) return Taken.Nothing;
        if (index >= 0 && _holdings[index].CaseVersion >= holding.CaseVersion) return Taken.Nothing;
        var weighsAsBefore = index >= 0 && _holdings[index].Units == holding.Units && (holding.Units > 0 || holding.Held);
        if (!weighsAsBefore) IdleSince = at;
        Put(holding);
        return weighsAsBefore ? Taken.SameWeight : Taken.OtherWeight;
    }

    public void Put(Holding holding)
    {
        var index = IndexOf(holding.CaseId);
        var weighs = holding.Units > 0 || holding.Held;
        if (index >= 0 && weighs) _holdings[index] = holding;
        else if (index >= 0) _holdings.RemoveAt(index);
        else if (weighs) _holdings.Add(holding);
    }

    private int IndexOf(string caseId)
    {
        for (var i = 0; i < _holdings.Count; i++)
            if (_holdings[i].CaseId == caseId) return i;
        return -1;
    }

    private static ImmutableArray<ChannelLoad> Count(ImmutableArray<ChannelLoad> cases, string channel)
    {
        for (var i = 0; i < cases.Length; i++)
            if (cases[i].Channel == channel) return cases.SetItem(i, new ChannelLoad(channel, cases[i].Cases + 1));
        return cases.Add(new ChannelLoad(channel, 1));
    }
}

/// <summary>What news of a case changed in an agent's hands. The router needs to know of weights only.</summary>
internal enum Taken { Nothing, SameWeight, OtherWeight }

/// <summary>The names of an agent's live notices.</summary>
internal static class Notices
{
    public const string OfferMade = "offer.made";
    public const string OfferEnded = "offer.ended";
    public const string CaseAssigned = "case.assigned";
    public const string CaseChanged = "case.changed";
    public const string CaseReleased = "case.released";
    public const string AgentChanged = "agent.changed";

    public static string Of(Holding holding) => holding switch
    {
        { OfferId: not null } => OfferMade,
        { Held: true, Status: CaseStatus.Assigned } => CaseAssigned,
        { Held: true } => CaseChanged,
        { EndedOffer: { End: not OfferEnd.Accepted } } => OfferEnded,
        _ => CaseReleased,
    };
}
