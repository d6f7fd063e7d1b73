using System.Collections.Immutable;
using System.Text;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Codec;

public sealed class StateCodecTests
{
    [Fact]
    public void States_with_everything_set_read_back_the_same()
    {
        ReadsBack((CaseState)Filled.Full(typeof(CaseState)));
        ReadsBack((AgentState)Filled.Full(typeof(AgentState)));
        ReadsBack((CustomerState)Filled.Full(typeof(CustomerState)));
        ReadsBack((WorkspaceConfiguration)Filled.Full(typeof(WorkspaceConfiguration)));
    }

    [Fact]
    public void Initial_states_read_back_the_same()
    {
        ReadsBack(CaseState.None);
        ReadsBack(AgentState.None);
        ReadsBack(CustomerState.None);
        ReadsBack(new WorkspaceConfiguration());
    }

    [Fact]
    public void What_is_empty_takes_no_room() => Assert.Equal("{}", Encoding.UTF8.GetString(StateCodec.ToUtf8(CaseState.None)));

    [Fact]
    public void A_state_written_by_hand_is_what_the_serializer_writes()
    {
        foreach (var state in Filled.WithOne(typeof(CaseState)).Append(Filled.Full(typeof(CaseState))).Append(CaseState.None).Cast<CaseState>().Concat(WithTheSmallest))
            Assert.Equal(Encoding.UTF8.GetString(StateCodec.ToUtf8(state)), Written.By(json => StateCodec.Write(json, state)));
    }

    private static IEnumerable<CaseState> WithTheSmallest =>
    [
        new CaseState { Offers = [new Offer("", "", 0, default, default)], EndedOffers = [new EndedOffer("", "", default)], Declines = [new Decline("", default, 0)] },
        new CaseState { Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty), Needs = new Requirements([], "") },
        new CaseState { CustomerName = "", Rating = default(Rating), WaitingFor = default(WaitingFor), CloseKind = default(CloseKind), ClosedAt = default(DateTimeOffset), RecentCommands = [""] },
    ];

    [Fact]
    public void What_is_computed_is_not_stored()
    {
        var json = Encoding.UTF8.GetString(StateCodec.ToUtf8((CaseState)Filled.Full(typeof(CaseState))));
        Assert.DoesNotContain("shown", json, StringComparison.Ordinal);
        Assert.DoesNotContain("isOpen", json, StringComparison.Ordinal);
    }

    private static void ReadsBack<T>(T state) where T : class =>
        Assert.Equal(Filled.Describe(state), Filled.Describe(StateCodec.Read<T>(StateCodec.ToUtf8(state))));
}
