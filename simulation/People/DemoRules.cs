using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.People;

/// <summary>Where Alisio's cases go, and how urgent they are. The first rule that fits decides.</summary>
internal static class DemoRules
{
    public static ImmutableArray<RuleSettings> All { get; } =
    [
        new()
        {
            Name = "press", When = [Is("audience", "press")],
            Queue = DemoQueues.Complaints, Skills = Level(DemoSkills.Complaints, 4), RequireLanguage = true, Class = 8,
        },
        new()
        {
            Name = "complaint seen by thousands", When = [Is("purpose", "complaint"), AtLeast("reach", 5_000)],
            Queue = DemoQueues.Complaints, Skills = Level(DemoSkills.Complaints, 3), RequireLanguage = true, Class = 7, Boost = 10,
        },
        new()
        {
            Name = "complaint", When = [Is("purpose", "complaint")],
            Queue = DemoQueues.Complaints, Skills = Level(DemoSkills.Complaints, 2), RequireLanguage = true, Class = 5,
        },
        new()
        {
            Name = "platinum customer", When = [Is("attributes.plan", "platino")],
            Queue = DemoQueues.Care, RequireLanguage = true, Class = 6, CreditSeconds = 60,
        },
        new()
        {
            Name = "sale", When = [Is("purpose", "sale")],
            Queue = DemoQueues.Sales, Skills = Level(DemoSkills.Sales, 2), RequireLanguage = true, Class = 4,
        },
        new()
        {
            Name = "app and check-in", When = [Is("attributes.topic", "app", "checkin"), Is("language", "es")],
            Queue = DemoQueues.Support, Skills = Level(DemoSkills.Technical, 2), RequireLanguage = true, Class = 4,
        },
        new()
        {
            Name = "in English, live", When = [Is("language", "en"), Is("channel", "chat", "whatsapp")],
            Queue = DemoQueues.English, RequireLanguage = true, Class = 4,
        },
        new() { Name = "in English", When = [Is("language", "en")], Queue = DemoQueues.English, RequireLanguage = true, Class = 3 },
        new() { Name = "praise", When = [Is("purpose", "praise")], Queue = DemoQueues.Care, RequireLanguage = true, Class = 1 },
        new() { Name = "live", When = [Is("channel", "chat", "whatsapp")], Queue = DemoQueues.Care, RequireLanguage = true, Class = 4 },
        new() { Name = "everything else", Queue = DemoQueues.Care, RequireLanguage = true, Class = 3 },
    ];

    private static ConditionSettings Is(string attribute, params ReadOnlySpan<string> values) => new() { Attribute = attribute, Values = [.. values] };

    private static ConditionSettings AtLeast(string attribute, int value) =>
        new() { Attribute = attribute, Operator = ConditionOperator.AtLeast, Values = [$"{value}"] };

    private static ImmutableDictionary<string, int> Level(string skill, int level) => ImmutableDictionary<string, int>.Empty.Add(skill, level);
}
