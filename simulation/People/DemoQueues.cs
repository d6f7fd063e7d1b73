using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.People;

/// <summary>Where Alisio's cases wait, what is promised there, and who else is asked when it takes too long.</summary>
/// <remarks>Every queue's last stage drops every skill: a case that was transferred still needs what its rule demanded, which the new queue may not have.</remarks>
internal static class DemoQueues
{
    public const string Care = "atención";
    public const string Support = "soporte";
    public const string Complaints = "quejas";
    public const string Sales = "ventas";
    public const string English = "english";

    public static ImmutableArray<QueueSettings> All { get; } =
    [
        new()
        {
            Name = Care,
            AgeingPerMinute = 0.5,
            PreferredPatienceSeconds = 20,
            Stages = [new() { AfterSeconds = 120, DropSkills = DemoSkills.All, AddQueues = [Support, Sales] }],
            Targets = new() { FirstAnswerSeconds = 300, NextAnswerSeconds = 300, ServiceLevelSeconds = 60 },
        },
        new()
        {
            Name = Support,
            Strategy = RoutingStrategy.BestSkill,
            AgeingPerMinute = 0.5,
            PreferredPatienceSeconds = 20,
            Stages =
            [
                new() { AfterSeconds = 60, LowerSkills = Levels(DemoSkills.Technical, 1) },
                new() { AfterSeconds = 150, DropSkills = DemoSkills.All, AddQueues = [Care] },
            ],
            Targets = new() { FirstAnswerSeconds = 300, NextAnswerSeconds = 300, ServiceLevelSeconds = 60 },
        },
        new()
        {
            Name = Complaints,
            AgeingPerMinute = 1,
            PreferredPatienceSeconds = 30,
            Stages =
            [
                new() { AfterSeconds = 60, LowerSkills = Levels(DemoSkills.Complaints, 1), AddQueues = [English] },
                new() { AfterSeconds = 180, DropSkills = DemoSkills.All, AddQueues = [English, Care] },
            ],
            Targets = new() { FirstAnswerSeconds = 180, NextAnswerSeconds = 240, ResolutionSeconds = 3_600, ServiceLevelSeconds = 45 },
        },
        new()
        {
            Name = Sales,
            Strategy = RoutingStrategy.BestSkill,
            AgeingPerMinute = 0.5,
            Stages = [new() { AfterSeconds = 90, DropSkills = DemoSkills.All, AddQueues = [Care] }],
            Targets = new() { FirstAnswerSeconds = 120, ServiceLevelSeconds = 30 },
        },
        new()
        {
            Name = English,
            Strategy = RoutingStrategy.LongestIdle,
            AgeingPerMinute = 0.5,
            PreferredPatienceSeconds = 20,
            Stages = [new() { AfterSeconds = 90, DropSkills = DemoSkills.All, AddQueues = [Care, Support] }],
            Targets = new() { FirstAnswerSeconds = 300, NextAnswerSeconds = 300, ServiceLevelSeconds = 60 },
        },
    ];

    private static ImmutableDictionary<string, int> Levels(string skill, int level) => ImmutableDictionary<string, int>.Empty.Add(skill, level);
}
