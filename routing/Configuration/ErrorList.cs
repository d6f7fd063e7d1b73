using System.Collections.Immutable;
using System.Globalization;
using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Collects errors, and holds the checks that every part of a configuration needs.</summary>
internal sealed class ErrorList
{
    private readonly ImmutableArray<ConfigurationError>.Builder _errors = ImmutableArray.CreateBuilder<ConfigurationError>();

    public void Add(string path, string code, string message) => _errors.Add(new ConfigurationError(path, code, message));

    public ImmutableArray<ConfigurationError> ToImmutable() => _errors.ToImmutable();

    /// <summary>The elements of a list with their paths. A list that is null has none; its null is reported where the list is checked.</summary>
    public static IEnumerable<(string Path, T Item)> Each<T>(string path, ImmutableArray<T> list)
    {
        if (list.IsDefault) yield break;
        for (var i = 0; i < list.Length; i++)
            if (list[i] is { } item) yield return ($"{path}[{i}]", item);
    }

    /// <summary>A list that is null, too long, or has a null in it.</summary>
    public void List<T>(string path, ImmutableArray<T> list, int most)
    {
        if (list.IsDefault)
        {
            Add(path, Codes.Missing, $"{path} is null; leave it out, or give a list.");
            return;
        }
        if (list.Length > most) Add(path, Codes.TooMany, $"{path} has {list.Length} entries; at most {most} are possible.");
        for (var i = 0; i < list.Length; i++)
            if (list[i] is null) Add($"{path}[{i}]", Codes.Missing, $"{path}[{i}] is null; remove it.");
    }

    /// <summary>A list of things with ids: each fits a URL segment, and none is there twice.</summary>
    public void UniqueIds<T>(string path, string field, ImmutableArray<T> list, Func<T, string> id, int most)
    {
        List(path, list, most);
        foreach (var (at, item) in Unique(path, field, list, id))
        {
            if (id(item) is "." or ".." || id(item).Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':' or '@')))
                Add($"{at}.{field}", Codes.BadCharacter, $"\"{id(item)}\" cannot be part of an address; use letters, digits and - _ . : @ only.");
        }
    }

    /// <summary>A list of things with names for people: any text, none twice.</summary>
    public void UniqueNames<T>(string path, string field, ImmutableArray<T> list, Func<T, string> name, int most)
    {
        List(path, list, most);
        foreach (var (at, item) in Unique(path, field, list, name))
            if (name(item).Any(char.IsControl)) Add($"{at}.{field}", Codes.BadCharacter, $"{at}.{field} contains a control character; remove it.");
    }

    /// <summary>A list of texts, none empty or twice.</summary>
    public void UniqueTexts(string path, ImmutableArray<string> list, int most)
    {
        List(path, list, most);
        var seen = new Dictionary<string, string>();
        foreach (var (at, text) in Each(path, list))
        {
            if (string.IsNullOrWhiteSpace(text)) Add(at, Codes.Empty, $"{at} is empty; fill it in or remove it.");
            else if (!seen.TryAdd(text, at)) Add(at, Codes.Duplicate, $"\"{text}\" is at {seen[text]} already; remove one.");
            Length(at, text, Limits.Name);
        }
    }

    public void Length(string path, string? text, int most)
    {
        if (text?.Length > most) Add(path, Codes.TooLong, $"{path} has {text.Length} characters; at most {most} are possible.");
    }

    public void Range(string path, double value, double least, double most)
    {
        if (value >= least && value <= most) return;
        Add(path, Codes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{value} is out of range; it must be from {least} to {most}."));
    }

    public void Range(string path, int? value, int least, int most)
    {
        if (value is { } number) Range(path, (double)number, least, most);
    }

    public void Defined<T>(string path, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) Add(path, Codes.UnknownValue, $"{value} is not one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>A reference to something by name. False if there is no such thing.</summary>
    public bool Known(string path, string? name, IReadOnlySet<string> known, string code, string kind)
    {
        if (string.IsNullOrWhiteSpace(name)) Add(path, Codes.Empty, $"{path} is empty; name a {kind}.");
        else if (known.Contains(name)) return true;
        else Add(path, code, $"There is no {kind} \"{name}\"; add it, or name another. Names are case-sensitive.");
        return false;
    }

    /// <summary>A list of references, none twice.</summary>
    public void AllKnown(string path, ImmutableArray<string> list, IReadOnlySet<string> known, string code, string kind, int most)
    {
        List(path, list, most);
        var seen = new HashSet<string>();
        foreach (var (at, name) in Each(path, list))
            if (Known(at, name, known, code, kind) && !seen.Add(name)) Add(at, Codes.Duplicate, $"\"{name}\" is named twice; remove one.");
    }

    /// <summary>Keys of a map, in an order that does not change from run to run.</summary>
    public IEnumerable<KeyValuePair<string, T>> Entries<T>(string path, ImmutableDictionary<string, T>? map, int most)
    {
        if (map is null)
        {
            Add(path, Codes.Missing, $"{path} is null; leave it out, or give an object.");
            return [];
        }
        if (map.Count > most) Add(path, Codes.TooMany, $"{path} has {map.Count} entries; at most {most} are possible.");
        return map.OrderBy(e => e.Key, StringComparer.Ordinal);
    }

    /// <summary>Skills with levels: known ones, within what the skill has.</summary>
    public void Levels(string path, ImmutableDictionary<string, int>? skills, KnownNames names)
    {
        foreach (var (skill, level) in Entries(path, skills, Limits.Skills))
            if (Known($"{path}.{skill}", skill, names.SkillNames, Codes.UnknownSkill, "skill")) Range($"{path}.{skill}", level, 1, names.Skills[skill]);
    }

    /// <summary>Reports empty names, long ones and duplicates; returns the rest.</summary>
    private IEnumerable<(string Path, T Item)> Unique<T>(string path, string field, ImmutableArray<T> list, Func<T, string> name)
    {
        var seen = new Dictionary<string, string>();
        foreach (var (at, item) in Each(path, list))
        {
            if (string.IsNullOrWhiteSpace(name(item)))
            {
                Add($"{at}.{field}", Codes.Empty, $"{at}.{field} is empty; give it a name.");
                continue;
            }
            if (!seen.TryAdd(name(item), at)) Add($"{at}.{field}", Codes.Duplicate, $"\"{name(item)}\" is the {field} of {seen[name(item)]} already; rename one.");
            Length($"{at}.{field}", name(item), Limits.Name);
            yield return (at, item);
        }
    }
}
