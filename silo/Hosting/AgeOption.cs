using System.CommandLine.Parsing;
using System.Globalization;

namespace RoutingGrid.Silo.Hosting;

/// <summary>An age in days, hours, minutes or seconds: <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c>.</summary>
internal static class AgeOption
{
    private const int Most = 36_500;

    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Of(text) is { } age) return age;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is {text}; it must be a whole number of days, hours, minutes or seconds, such as 90d, 12h, 30m or 45s.");
        return null;
    }

    private static TimeSpan? Of(string text)
    {
        if (text.Length < 2 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        double? days = text[^1] switch { 'd' => number, 'h' => number / 24.0, 'm' => number / 1440.0, 's' => number / 86_400.0, _ => null };
        return days is null or > Most ? null : TimeSpan.FromDays(days.Value);
    }
}
