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
    public void What_is_computed_is_not_stored()
    {
        var json = Encoding.UTF8.GetString(StateCodec.ToUtf8((CaseState)Filled.Full(typeof(CaseState))));
        Assert.DoesNotContain("shown", json, StringComparison.Ordinal);
        Assert.DoesNotContain("isOpen", json, StringComparison.Ordinal);
    }

    private static void ReadsBack<T>(T state) where T : class =>
        Assert.Equal(Filled.Describe(state), Filled.Describe(StateCodec.Read<T>(StateCodec.ToUtf8(state))));
}
