using System.Globalization;

namespace RoutingGrid.Routing.Calendars;

/// <summary>How days, dates and opening times are written in a configuration.</summary>
internal static class CalendarText
{
    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    public static bool TryDay(string text, out DayOfWeek day)
    {
        var index = Array.IndexOf(Days, text);
        day = (DayOfWeek)Math.Max(0, index);
        return index >= 0;
    }

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Reads <c>HH:mm-HH:mm</c> into minutes of the day. The two may not be equal; only the end may be <c>24:00</c>.</summary>
    public static bool TryTimes(string text, out int start, out int end)
    {
        end = 0;
        var dash = text.IndexOf('-');
        return TryMinute(dash < 0 ? "" : text.AsSpan(0, dash), out start) && start < 24 * 60
            && TryMinute(text.AsSpan(dash + 1), out end) && start != end;
    }

    private static bool TryMinute(ReadOnlySpan<char> text, out int minute)
    {
        minute = 0;
        if (text.Length != 5 || text[2] != ':') return false;
        foreach (var i in (ReadOnlySpan<int>)[0, 1, 3, 4])
            if (!char.IsAsciiDigit(text[i])) return false;
        var (hours, minutes) = ((text[0] - '0') * 10 + text[1] - '0', (text[3] - '0') * 10 + text[4] - '0');
        minute = hours * 60 + minutes;
        return minutes < 60 && minute <= 24 * 60;
    }
}
