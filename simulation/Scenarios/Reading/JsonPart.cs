using System.Collections.Immutable;
using System.Text.Json;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>A value of the document and its path. What does not fit is reported and read as something harmless.</summary>
internal sealed class JsonPart(JsonElement value, string path, ScenarioErrors errors)
{
    public JsonElement Value { get; } = value;
    public string Path { get; } = path;
    public ScenarioErrors Errors { get; } = errors;

    public bool IsNumber => Value.ValueKind == JsonValueKind.Number;
    public bool IsText => Value.ValueKind == JsonValueKind.String;
    public bool IsList => Value.ValueKind == JsonValueKind.Array;
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>The object's fields; those without a meaning are reported, with the nearest that has one.</summary>
    public JsonFields Fields(params string[] known) => new(this, known);

    public ImmutableArray<JsonPart> Items(int least, int most, string what)
    {
        if (!IsList)
        {
            Bad($"is {Described()}, not a list of {what}.", "Write [ … ].");
            return [];
        }
        var items = Value.EnumerateArray().Select((item, i) => new JsonPart(item, $"{Path}[{i}]", Errors)).ToImmutableArray();
        if (items.Length < least || items.Length > most) Bad($"has {items.Length} {what}.", least == most ? $"There must be {least}." : $"From {least} to {most} are possible.");
        return items;
    }

    /// <summary>As many as there are periods; any number where the periods themselves are wrong.</summary>
    public ImmutableArray<JsonPart> PerPeriod(int periods, string what) =>
        Errors.Any(path => path.StartsWith("periods", StringComparison.Ordinal)) ? Items(1, ScenarioLimits.Periods, what) : Items(periods, periods, $"{what}, one for each period,");

    /// <summary>Reports a text that is none of the names.</summary>
    public bool Known(string name, IReadOnlyList<string> known, string what)
    {
        if (known.Contains(name)) return true;
        Bad($"is \"{name}\", which is no {what}.{Suggestion.For(name, known)}", $"There are {string.Join(", ", known)}.");
        return false;
    }

    public double Number(double least, double most, bool above = false)
    {
        var allowed = above ? FormattableString.Invariant($"Write a number above {least} and up to {most}.") : FormattableString.Invariant($"Write a number from {least} to {most}.");
        if (!IsNumber) return Bad($"is {Described()}, not a number.", allowed, Math.Max(least, 1));
        var number = Value.GetDouble();
        return number < least || number > most || (above && number <= least) ? Bad($"is {Described()}.", allowed, Math.Max(least, 1)) : number;
    }

    public int Whole(int least, int most)
    {
        var allowed = $"Write a whole number from {least} to {most}.";
        if (!IsNumber) return Bad($"is {Described()}, not a number.", allowed, least);
        var number = Value.GetDouble();
        return number != Math.Floor(number) || number < least || number > most ? Bad($"is {Described()}.", allowed, least) : (int)number;
    }

    public string Text(int most = 4_000)
    {
        if (!IsText) return Bad($"is {Described()}, not a text.", "Write it in quotation marks.", "");
        var text = Value.GetString()!;
        if (string.IsNullOrWhiteSpace(text)) return Bad("is empty.", "Fill it in, or leave it out.", "");
        return text.Length > most ? Bad($"has {text.Length} characters.", $"At most {most} are possible.", "") : text;
    }

    /// <summary>A name that can be part of an id.</summary>
    public string Name()
    {
        var name = Text(ScenarioLimits.Name);
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '@') && name is not ("." or "..")
            ? name
            : Bad($"is \"{name}\", which cannot be part of an id.", "Use letters, digits and - _ . : @ only.", "");
    }

    public string OneOf(params string[] allowed)
    {
        var text = Text();
        if (text.Length == 0 || allowed.Contains(text)) return text.Length == 0 ? allowed[0] : text;
        return Bad($"is \"{text}\".{Suggestion.For(text, allowed)}", $"It can be {string.Join(", ", allowed)}.", allowed[0]);
    }

    public void Bad(string reason, string allowed) => Errors.Add(Path, reason, allowed);

    public T Bad<T>(string reason, string allowed, T instead)
    {
        Bad(reason, allowed);
        return instead;
    }

    public string Described() => Value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        JsonValueKind.String => $"\"{Value.GetString()}\"",
        _ => Value.GetRawText(),
    };
}

/// <summary>The fields of an object.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonPart> _fields = [];

    public JsonFields(JsonPart part, string[] known)
    {
        Part = part;
        if (!part.IsObject)
        {
            part.Bad($"is {part.Described()}, not an object.", "Write { … }.");
            return;
        }
        foreach (var property in part.Value.EnumerateObject())
        {
            var path = part.Path.Length == 0 ? property.Name : $"{part.Path}.{property.Name}";
            if (!known.Contains(property.Name))
                part.Errors.Add(path, $"has no meaning here.{Suggestion.For(property.Name, known)}", $"Known are {string.Join(", ", known)}.");
            else if (!_fields.TryAdd(property.Name, new JsonPart(property.Value, path, part.Errors)))
                part.Errors.Add(path, "is there twice.", "Remove one.");
        }
    }

    public JsonPart Part { get; }

    public JsonPart? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>A field that must be there; null, and an error, if it is not.</summary>
    public JsonPart? Need(string name, string what)
    {
        if (_fields.TryGetValue(name, out var field)) return field;
        if (Part.IsObject) Part.Errors.Add(Part.Path.Length == 0 ? name : $"{Part.Path}.{name}", "is missing.", $"Give {what}.");
        return null;
    }
}
