using System.Collections.Immutable;
using System.Text.Json;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Contact types.</summary>
internal sealed class TypeReader(DataFiles files, ImmutableArray<Period> periods, DateTimeOffset start, TimeSpan within)
{
    private readonly DistributionReader _distributions = new(files);

    public ImmutableArray<ContactType> Read(JsonPart? part)
    {
        if (part is null) return [];
        var types = part.Items(1, ScenarioLimits.Types, "contact types").Select(One).ToImmutableArray();
        Unique.Names(part, types, type => type.Name);
        return types;
    }

    private ContactType One(JsonPart part)
    {
        var fields = part.Fields(
            "name", "channel", "queue", "attributes", "language", "audience", "purpose", "reach", "class", "arrivals", "service", "patience", "withinSeconds");
        var name = fields.Need("name", "a name")?.Name() ?? "";
        return new ContactType
        {
            Name = name,
            Channel = fields.Find("channel")?.Name() ?? name,
            Queue = fields.Find("queue")?.Name() ?? name,
            Attributes = Attributes(fields.Find("attributes"), name),
            Language = fields.Find("language")?.Text(),
            Audience = fields.Find("audience")?.Text(),
            Purpose = fields.Find("purpose")?.Text(),
            Reach = fields.Find("reach")?.Whole(0, int.MaxValue) ?? 0,
            Class = fields.Find("class")?.Whole(0, 9) ?? 0,
            Arrivals = fields.Need("arrivals", "{ \"process\": \"poisson\", \"perHour\": … }, or recorded ones") is { } arrivals ? Arrivals(arrivals, name) : new ArrivalProcess.Recorded([]),
            Service = fields.Need("service", "how long an agent is on a contact: a number of seconds, or a distribution") is { } service ? _distributions.ReadPerPeriod(service, periods.Length) : [],
            Patience = fields.Find("patience") is { } patience && patience.Value.ValueKind != JsonValueKind.Null ? _distributions.ReadPerPeriod(patience, periods.Length) : null,
            Within = fields.Find("withinSeconds") is { } own ? TimeSpan.FromSeconds(own.Number(0, ScenarioLimits.Seconds)) : within,
        };
    }

    private static ImmutableDictionary<string, string> Attributes(JsonPart? part, string name)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, string>();
        if (part is { IsObject: false }) part.Bad($"is {part.Described()}, not an object.", "Write { \"plan\": \"gold\" }.");
        else if (part is not null)
            foreach (var property in part.Value.EnumerateObject())
                attributes[property.Name] = new JsonPart(property.Value, $"{part.Path}.{property.Name}", part.Errors).Text();
        if (attributes.ContainsKey("type")) part!.Errors.Add($"{part.Path}.type", "is the name of the contact type.", "Leave it out.");
        attributes["type"] = name;
        return attributes.ToImmutable();
    }

    private ArrivalProcess Arrivals(JsonPart part, string type)
    {
        var process = part.IsObject && part.Value.TryGetProperty("process", out var named)
            ? new JsonPart(named, $"{part.Path}.process", part.Errors).OneOf("poisson", "recorded")
            : null;
        if (process is null)
        {
            part.Fields("process", "perHour", "dayFactor", "file").Need("process", "poisson or recorded");
            return new ArrivalProcess.Recorded([]);
        }
        if (process == "recorded")
        {
            var file = part.Fields("process", "file").Need("file", "a file of times");
            return new ArrivalProcess.Recorded(file is null ? [] : files.Times(file, type, start, periods[^1].To));
        }
        var fields = part.Fields("process", "perHour", "dayFactor");
        return new ArrivalProcess.Poisson(
            fields.Need("perHour", "a number, or a list with one for each period") is { } rates ? PerPeriod(rates) : [],
            fields.Find("dayFactor") is { } factor ? _distributions.Read(factor) : null);
    }

    private ImmutableArray<double> PerPeriod(JsonPart part) => part.IsList
        ? [.. part.PerPeriod(periods.Length, "rates").Select(rate => rate.Number(0, ScenarioLimits.PerHour))]
        : [.. Enumerable.Repeat(part.Number(0, ScenarioLimits.PerHour), periods.Length)];
}

/// <summary>The names of contact types, for whoever refers to one.</summary>
internal sealed class TypeNames(ImmutableArray<ContactType> types, ScenarioErrors errors)
{
    private readonly ImmutableArray<string> _names = [.. types.Select(type => type.Name)];

    // Where a name is wrong, so may be each that refers to it.
    private readonly bool _complete = !errors.Any(path => path == "types" || (path.StartsWith("types[", StringComparison.Ordinal) && path.EndsWith("].name", StringComparison.Ordinal)));

    /// <summary>Reports a name that no type has. False as well where it cannot be known.</summary>
    public bool Has(JsonPart part, string name) => _complete ? part.Known(name, _names, "contact type") : _names.Contains(name);
}

/// <summary>Names that must not be there twice.</summary>
internal static class Unique
{
    public static void Names<T>(JsonPart list, ImmutableArray<T> items, Func<T, string> name)
    {
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < items.Length; i++)
            if (name(items[i]).Length > 0 && !seen.TryAdd(name(items[i]), i))
                list.Errors.Add($"{list.Path}[{i}].name", $"is \"{name(items[i])}\", as that of {list.Path}[{seen[name(items[i])]}].", "Rename one.");
    }
}
