using System.Globalization;

namespace RoutingGrid.Routing.Rules;

/// <summary>The attributes that conditions may name.</summary>
public static class RuleAttributes
{
    private const string Custom = "attributes.";

    private static readonly Dictionary<string, Func<MessageFacts, string?>> Named = new()
    {
        ["channel"] = f => f.Channel,
        ["account"] = f => f.Account,
        ["surface"] = f => f.Surface.ToString(),
        ["language"] = f => f.Language,
        ["audience"] = f => f.Audience,
        ["purpose"] = f => f.Purpose,
        ["reach"] = f => f.Reach.ToString(CultureInfo.InvariantCulture),
        ["text"] = f => f.Text,
        ["author"] = f => f.Author,
        ["customer"] = f => f.Customer,
    };

    /// <summary>Names, in the order in which they are documented; besides them, <c>attributes.NAME</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["channel", "account", "surface", "language", "audience", "purpose", "reach", "text", "author", "customer"];

    /// <summary>Whether conditions may name it.</summary>
    public static bool IsKnown(string attribute) =>
        Named.ContainsKey(attribute) || attribute.StartsWith(Custom, StringComparison.Ordinal) && attribute.Length > Custom.Length;

    /// <summary>Whether it can be compared with <c>AtLeast</c> and <c>Below</c>.</summary>
    public static bool IsNumeric(string attribute) => attribute == "reach" || attribute.StartsWith(Custom, StringComparison.Ordinal);

    /// <summary>How to read an attribute from the facts. Nothing and the empty text are both null.</summary>
    internal static Func<MessageFacts, string?> Reader(string attribute)
    {
        if (!Named.TryGetValue(attribute, out var read))
        {
            var name = attribute.StartsWith(Custom, StringComparison.Ordinal) ? attribute[Custom.Length..] : attribute;
            read = f => f.Attributes.GetValueOrDefault(name);
        }
        return facts => read(facts) is { Length: > 0 } value ? value : null;
    }

    internal static bool TryNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
