using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.People;

namespace RoutingGrid.Simulation.Tests.People;

public sealed class DemoWorkspaceTests
{
    private static readonly WorkspaceConfiguration Forty = DemoWorkspace.Configuration(40);

    private static readonly HashSet<string> Queues = [.. Forty.Queues.Select(queue => queue.Name)];

    private static readonly HashSet<string> Skills = [.. Forty.Skills.Select(skill => skill.Name)];

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public void Any_number_of_people_have_ids_of_their_own(int agents)
    {
        var ids = DemoWorkspace.Configuration(agents).Agents.Select(agent => agent.Id).ToHashSet();
        Assert.Equal(agents, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[a-z0-9.]+$", id));
    }

    [Fact]
    public void Everything_that_is_named_exists()
    {
        Assert.All(Forty.Rules, rule => Assert.Contains(rule.Queue, Queues));
        Assert.All(Forty.Rules.SelectMany(rule => rule.Skills.Keys), skill => Assert.Contains(skill, Skills));
        Assert.All(Forty.Queues.SelectMany(queue => queue.Stages).SelectMany(stage => stage.AddQueues), queue => Assert.Contains(queue, Queues));
        Assert.All(Forty.Queues.SelectMany(queue => queue.Stages).SelectMany(stage => stage.DropSkills.Concat(stage.LowerSkills.Keys)), skill => Assert.Contains(skill, Skills));
        Assert.All(Forty.Agents.SelectMany(agent => agent.Queues), queue => Assert.Contains(queue, Queues));
        Assert.All(Forty.Agents.SelectMany(agent => agent.Skills.Keys), skill => Assert.Contains(skill, Skills));
        Assert.Contains(Forty.DefaultQueue!, Queues);
        Assert.All(Forty.Accounts, account => Assert.Contains(account.Channel, Forty.Channels.Select(channel => channel.Name)));
        Assert.All(Forty.Queues, queue => Assert.Contains(queue.RonaActivity, Forty.Activities.Select(activity => activity.Name)));
    }

    /// <summary>Nobody waits for ever: whatever a rule demands, several people can do it at the last stage, in every language that is
    /// written, also after a transfer to another queue.</summary>
    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Every_case_has_people_who_can_take_it_in_every_queue(string language)
    {
        foreach (var queue in Forty.Queues)
        {
            var asked = queue.Stages.SelectMany(stage => stage.AddQueues).Append(queue.Name).ToHashSet();
            var dropped = queue.Stages.SelectMany(stage => stage.DropSkills).ToHashSet();
            foreach (var rule in Forty.Rules)
            {
                var able = Forty.Agents.Count(agent =>
                    agent.Queues.Any(asked.Contains) && agent.Languages.Contains(language)
                    && rule.Skills.Where(skill => !dropped.Contains(skill.Key)).All(skill => agent.Skills.GetValueOrDefault(skill.Key) >= skill.Value));
                Assert.True(able >= 4, $"{rule.Name} in {queue.Name}, {language}: {able} people");
            }
        }
    }

    [Fact]
    public void People_differ()
    {
        Assert.True(Forty.Agents.Select(agent => string.Join(',', agent.Queues)).Distinct().Count() >= 8);
        Assert.True(Forty.Agents.Select(agent => string.Join(',', agent.Skills.OrderBy(skill => skill.Key).Select(skill => $"{skill.Key}{skill.Value}"))).Distinct().Count() >= 8);
        Assert.Contains(Forty.Agents, agent => agent.Languages.Length == 2);
    }
}
