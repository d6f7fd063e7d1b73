namespace RoutingGrid.Simulation.Tests.Theory;

public sealed class TheoryGridTests
{
    [Fact]
    public void Every_center_of_the_whole_grid_can_be_played_under_a_name_of_its_own()
    {
        var whole = TheoryGrid.Whole.ToList();
        Assert.Distinct(whole.Select(queue => queue.Name));
        Assert.All(whole, queue =>
        {
            Assert.NotEmpty(KnownFigures.Of(queue with { WithinSeconds = KnownFigures.TellingTime(queue) }));
            Assert.Equal(queue.Agents, queue.ToScenario(minutes: 60).Groups[0].Agents[0]);
        });
    }
}
