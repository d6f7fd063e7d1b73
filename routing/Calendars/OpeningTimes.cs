using System.Collections.Immutable;

namespace RoutingGrid.Routing.Calendars;

/// <summary>A week of opening times in minutes of the day, each list ordered and without overlaps.</summary>
internal sealed class OpeningTimes
{
    private const int Midnight = 24 * 60;

    private readonly ImmutableArray<(int Start, int End)>[] _days;

    private OpeningTimes(ImmutableArray<(int Start, int End)>[] days)
    {
        _days = days;
        IsAllDay = days.All(d => d is [(0, Midnight)]);
    }

    public static OpeningTimes AllDay { get; } = new([.. Enumerable.Repeat(ImmutableArray.Create((0, Midnight)), 7)]);

    /// <summary>Whether every day is open around the clock.</summary>
    public bool IsAllDay { get; }

    public ImmutableArray<(int Start, int End)> Of(DayOfWeek day) => _days[(int)day];

    /// <summary>Reads a week. Times that end at or before their start run over midnight: the rest belongs to the next day's date.</summary>
    public static OpeningTimes Compile(ImmutableDictionary<string, ImmutableArray<string>> week)
    {
        var days = Enumerable.Range(0, 7).Select(_ => new List<(int Start, int End)>()).ToArray();
        foreach (var (name, times) in week)
        {
            if (!CalendarText.TryDay(name, out var day)) throw new FormatException($"{name} is not a day of the week in English.");
            foreach (var text in times)
            {
                if (!CalendarText.TryTimes(text, out var start, out var end))
                    throw new FormatException($"{text} is not an opening time as HH:mm-HH:mm.");
                if (end > start)
                {
                    days[(int)day].Add((start, end));
                    continue;
                }
                days[(int)day].Add((start, Midnight));
                if (end > 0) days[((int)day + 1) % 7].Add((0, end));
            }
        }
        return new OpeningTimes([.. days.Select(Merge)]);
    }

    private static ImmutableArray<(int Start, int End)> Merge(List<(int Start, int End)> times)
    {
        times.Sort();
        var merged = ImmutableArray.CreateBuilder<(int Start, int End)>(times.Count);
        foreach (var time in times)
        {
            if (merged.Count > 0 && time.Start <= merged[^1].End) merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, time.End));
            else merged.Add(time);
        }
        return merged.ToImmutable();
    }
}
