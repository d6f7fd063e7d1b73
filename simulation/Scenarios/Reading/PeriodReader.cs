using System.Collections.Immutable;
using System.Globalization;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Periods: so many of one length, or a list in which each has its length, or its start and end by the clock.</summary>
internal static class PeriodReader
{
    public static ImmutableArray<Period> Read(JsonPart part, DateTimeOffset start)
    {
        if (!part.IsList)
        {
            var fields = part.Fields("count", "minutes");
            var count = fields.Need("count", "the number of periods")?.Whole(1, ScenarioLimits.Periods) ?? 1;
            var length = Minutes(fields);
            return [.. Enumerable.Range(0, count).Select(i => new Period(i * length, (i + 1) * length))];
        }
        var periods = ImmutableArray.CreateBuilder<Period>();
        var from = TimeSpan.Zero;
        foreach (var item in part.Items(1, ScenarioLimits.Periods, "periods"))
        {
            var to = from + (item.IsObject && item.Value.TryGetProperty("minutes", out _) ? Minutes(item.Fields("minutes")) : ByTheClock(item, start + from));
            periods.Add(new Period(from, to));
            from = to;
        }
        return periods.Count == 0 ? [new Period(TimeSpan.Zero, TimeSpan.FromHours(1))] : periods.DrainToImmutable();
    }

    private static TimeSpan Minutes(JsonFields fields) =>
        TimeSpan.FromMinutes(fields.Need("minutes", "the length of a period")?.Number(0, ScenarioLimits.Minutes, above: true) ?? 60);

    private static TimeSpan ByTheClock(JsonPart item, DateTimeOffset begins)
    {
        var fields = item.Fields("start", "end");
        if (fields.Need("start", "a time such as 08:30, or give minutes") is not { } start || fields.Need("end", "a time such as 17:00") is not { } end) return TimeSpan.FromHours(1);
        if (Time(start) is { } first && first != begins.TimeOfDay)
            start.Bad($"is {first:hh\\:mm}, and the period begins at {begins:HH:mm}.", "Periods follow each other without gaps, the first from start; one without agents and arrivals can fill a gap.");
        if (Time(end) is not { } last) return TimeSpan.FromHours(1);
        var length = last - begins.TimeOfDay;
        return length > TimeSpan.Zero ? length : length + TimeSpan.FromDays(1);
    }

    private static TimeSpan? Time(JsonPart part)
    {
        var text = part.Text();
        if (text == "24:00") return TimeSpan.Zero;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time.ToTimeSpan();
        if (text.Length > 0) part.Bad($"is \"{text}\", not a time.", "Write it as HH:mm, such as 08:30.");
        return null;
    }
}
