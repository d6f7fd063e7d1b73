using System.Text.Json;
using System.Text.RegularExpressions;

namespace RoutingGrid.Api.Problems;

/// <summary>Says what is wrong with a JSON body in the words of the contract, not in those of the code that reads it.</summary>
internal static partial class JsonProblems
{
    public static Problem Of(JsonException error)
    {
        var (what, member) = Explain(error.Message);
        var path = Join(error.Path, member);
        var where = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine})" : "";
        return Problem.Malformed($"The body is not acceptable at {path}{where}: {what}", path);
    }

    private static (string What, string? Member) Explain(string message)
    {
        if (Unmapped().Match(message) is { Success: true } unmapped)
            return ($"there is no member '{unmapped.Groups[1].Value}' here.", unmapped.Groups[1].Value);
        if (Twice().Match(message) is { Success: true } twice)
            return ($"the member '{twice.Groups[1].Value}' is there twice.", twice.Groups[1].Value);
        if (Missing().Match(message) is { Success: true } missing)
            return ($"required, and missing: {missing.Groups[1].Value.TrimEnd('.')}.", null);
        if (message.Contains("doesn't allow null", StringComparison.Ordinal)) return ("null is not acceptable.", null);
        if (Converted().Match(message) is { Success: true } converted) return ($"the value is not {Kind(converted.Groups[1].Value)}.", null);
        var end = Position().Match(message);
        var text = end.Success ? message[..end.Index] : message;
        var namesCode = text.Contains("System.", StringComparison.Ordinal) || text.Contains("RoutingGrid.", StringComparison.Ordinal);
        return (namesCode ? "the value is of the wrong kind." : text, null);
    }

    private static string Kind(string type) => type switch
    {
        "System.String" => "a text",
        "System.Int32" or "System.Int64" => "a whole number in range",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "a time in ISO 8601, such as 2026-01-31T09:00:00Z",
        _ when type.Contains("Immutable", StringComparison.Ordinal) => "a list or object of the expected kind",
        _ => "one of the expected values",
    };

    private static string Join(string? path, string? member)
    {
        if (string.IsNullOrEmpty(path)) return member is null ? "$" : "$." + member;
        return member is null || path == member || path.EndsWith("." + member, StringComparison.Ordinal) ? path : path + "." + member;
    }

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '(.*)' encountered")]
    private static partial Regex Twice();

    [GeneratedRegex("missing required properties including: (.*?)(?: Path:.*)?$")]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON value could not be converted to ([^ ]*?)\\.?(?: Path:.*)?$")]
    private static partial Regex Converted();

    [GeneratedRegex(" (?:Path: |LineNumber: )")]
    private static partial Regex Position();
}
