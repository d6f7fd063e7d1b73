using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Agent groups.</summary>
internal sealed class GroupReader(DataFiles files, int periods)
{
    private const int MostUnits = 10_000;
    private const int HighestLevel = 100;

    private readonly DistributionReader _distributions = new(files);

    public ImmutableArray<StaffGroup> Read(JsonPart? part, TypeNames types)
    {
        if (part is null) return [];
        var groups = part.Items(1, ScenarioLimits.Groups, "agent groups").Select(group => One(group, types)).ToImmutableArray();
        Unique.Names(part, groups, group => group.Name);
        return groups;
    }

    private StaffGroup One(JsonPart part, TypeNames types)
    {
        var fields = part.Fields(
            "name", "agents", "serves", "capacity", "skills", "languages", "queues", "accept", "ringOutProbability", "ringOutPause",
            "declineProbability", "breaks", "wrapUp", "wrapUpMode");
        var group = new StaffGroup
        {
            Name = fields.Need("name", "a name")?.Name() ?? "",
            Agents = fields.Need("agents", "how many: a number, or a list with one for each period") is { } agents ? Agents(agents) : [0],
            Serves = fields.Need("serves", "a list of contact types, the preferred ones first") is { } serves ? Serves(serves, types) : [],
            Skills = fields.Find("skills") is { } skills ? Counts(skills, 1, HighestLevel, "{ \"spanish\": 3 }") : ImmutableDictionary<string, int>.Empty,
            Languages = Names(fields.Find("languages")),
            Queues = Names(fields.Find("queues")),
            Accept = Distribution(fields.Find("accept")),
            RingOutProbability = fields.Find("ringOutProbability")?.Number(0, 1) ?? 0,
            DeclineProbability = fields.Find("declineProbability")?.Number(0, 1) ?? 0,
            Breaks = fields.Find("breaks") is { } breaks ? [.. breaks.Items(0, 50, "breaks").Select(Break)] : [],
            WrapUp = Distribution(fields.Find("wrapUp")),
            WrapUpMode = fields.Find("wrapUpMode")?.OneOf("unavailable", "capacity") == "capacity" ? WrapUpMode.Capacity : WrapUpMode.Unavailable,
        };
        if (fields.Find("capacity") is { } capacity) group = Capacity(group, capacity);
        return fields.Find("ringOutPause") is { } pause ? group with { RingOutPause = _distributions.Read(pause) } : group;
    }

    private Distribution? Distribution(JsonPart? part) => part is null ? null : _distributions.Read(part);

    private ImmutableArray<int> Agents(JsonPart part) => part.IsList
        ? [.. part.PerPeriod(periods, "numbers of agents").Select(count => count.Whole(0, ScenarioLimits.AgentsOfGroup))]
        : [.. Enumerable.Repeat(part.Whole(0, ScenarioLimits.AgentsOfGroup), periods)];

    private static ImmutableArray<ServedType> Serves(JsonPart part, TypeNames types)
    {
        var items = part.Items(1, ScenarioLimits.Types, "contact types");
        if (items.Any(item => item.IsText) && items.Any(item => item.IsObject))
            part.Bad("mixes names in order of preference with levels.", "Give names, the preferred first, or objects such as { \"type\": \"sales\", \"level\": 2 }; not both.");
        var served = ImmutableArray.CreateBuilder<ServedType>();
        for (var i = 0; i < items.Length; i++)
        {
            var (name, level) = (items[i], items.Length - i);
            if (items[i].IsObject)
            {
                var fields = items[i].Fields("type", "level");
                level = fields.Need("level", "a level, the higher the more preferred")?.Whole(1, HighestLevel) ?? 1;
                if (fields.Need("type", "the name of a contact type") is not { } named) continue;
                name = named;
            }
            var type = name.Text();
            if (type.Length == 0) continue;
            if (!types.Has(name, type)) continue;
            if (served.Any(other => other.Type == type)) name.Bad($"is \"{type}\", which is there already.", "Remove one.");
            else served.Add(new ServedType(type, level));
        }
        return served.ToImmutable();
    }

    private static StaffGroup Capacity(StaffGroup group, JsonPart part)
    {
        if (part.IsNumber) return group with { Capacity = part.Whole(1, MostUnits) };
        var fields = part.Fields("total", "channels");
        return group with
        {
            Capacity = fields.Need("total", "the units of capacity")?.Whole(1, MostUnits) ?? 1,
            Channels = fields.Find("channels") is { } channels ? Counts(channels, 0, MostUnits, "{ \"chat\": 3 }") : ImmutableDictionary<string, int>.Empty,
        };
    }

    private static ImmutableDictionary<string, int> Counts(JsonPart part, int least, int most, string example)
    {
        if (!part.IsObject) return part.Bad($"is {part.Described()}, not an object.", $"Write {example}.", ImmutableDictionary<string, int>.Empty);
        var counts = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var property in part.Value.EnumerateObject())
            counts[property.Name] = new JsonPart(property.Value, $"{part.Path}.{property.Name}", part.Errors).Whole(least, most);
        return counts.ToImmutable();
    }

    private static ImmutableArray<string> Names(JsonPart? part) => part is null ? [] : [.. part.Items(0, 1_000, "texts").Select(item => item.Text())];

    private BreakPlan Break(JsonPart part)
    {
        if (part.IsObject && part.Value.TryGetProperty("everyMinutes", out _))
        {
            var random = part.Fields("everyMinutes", "minutes");
            return new BreakPlan.Random(
                _distributions.Read(random.Need("everyMinutes", "the time between two breaks")!),
                random.Need("minutes", "the length of a break") is { } length ? _distributions.Read(length) : new Distribution.Deterministic(1));
        }
        var once = part.Fields("atMinutes", "spreadMinutes", "minutes");
        return new BreakPlan.Fixed(
            TimeSpan.FromMinutes(once.Need("atMinutes", "when after the beginning of a shift, or everyMinutes")?.Number(0, ScenarioLimits.Minutes) ?? 0),
            TimeSpan.FromMinutes(once.Find("spreadMinutes")?.Number(0, ScenarioLimits.Minutes) ?? 0),
            TimeSpan.FromMinutes(once.Need("minutes", "the length of the break")?.Number(0, ScenarioLimits.Minutes, above: true) ?? 1));
    }
}
