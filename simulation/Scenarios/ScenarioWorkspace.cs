using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>The scenario as production knows it: agents in a workspace, and messages.</summary>
internal static class ScenarioWorkspace
{
    /// <summary>The reason with which a contact is closed that is turned away.</summary>
    public const string QueueFull = "queue full";

    public static string AgentId(StaffGroup group, int number) => FormattableString.Invariant($"{group.Name}-{number + 1}");

    /// <summary>The workspace with everybody who is there at any time.</summary>
    public static WorkspaceConfiguration Configuration(Scenario scenario)
    {
        var agents = ImmutableArray.CreateBuilder<AgentSettings>();
        foreach (var template in Templates(scenario))
            for (var i = 0; i < template.Group.Agents.Max(); i++) agents.Add(template.Agent with { Id = AgentId(template.Group, i) });
        return scenario.Workspace with { Agents = agents.DrainToImmutable() };
    }

    /// <summary>One agent of each group, in their order.</summary>
    public static IEnumerable<(StaffGroup Group, AgentSettings Agent)> Templates(Scenario scenario)
    {
        var compiled = new CompiledConfiguration(0, scenario.Workspace);
        var queues = scenario.Types.ToDictionary(type => type.Name, type => compiled.Place(Facts(scenario, type), scenario.Start).Queue);
        var known = scenario.Workspace.Skills.Select(skill => skill.Name).ToHashSet();
        foreach (var group in scenario.Groups)
        {
            var levels = group.Serves.Where(served => known.Contains(served.Type)).Select(served => KeyValuePair.Create(served.Type, served.Level));
            yield return (group, new AgentSettings
            {
                Id = AgentId(group, 0),
                Queues = [.. group.Serves.Select(served => queues[served.Type]).Concat(group.Queues).Distinct()],
                Skills = ImmutableDictionary.CreateRange(levels).SetItems(group.Skills),
                Languages = group.Languages,
                Channels = group.Channels,
                Capacity = group.Capacity,
            });
        }
    }

    public static string AccountOf(WorkspaceConfiguration workspace, string channel) => workspace.Accounts.First(account => account.Channel == channel).Id;

    public static MessageFacts Facts(Scenario scenario, ContactType type) => new()
    {
        Channel = type.Channel,
        Account = AccountOf(scenario.Workspace, type.Channel),
        Language = type.Language,
        Audience = type.Audience,
        Purpose = type.Purpose,
        Reach = type.Reach,
        Attributes = type.Attributes,
    };

    /// <summary>What every contact of the type says, but for its author.</summary>
    public static IncomingMessage Message(Scenario scenario, ContactType type) => new()
    {
        MessageId = "",
        Channel = type.Channel,
        Account = AccountOf(scenario.Workspace, type.Channel),
        Author = "",
        Text = "",
        Language = type.Language,
        Audience = type.Audience,
        Purpose = type.Purpose,
        Reach = type.Reach,
        Attributes = type.Attributes,
    };
}

/// <summary>The activities of simulated agents.</summary>
internal static class Activities
{
    public const string WrapUp = "wrap-up";
    public const string Break = "break";
    public const string Leaving = "leaving";
}
