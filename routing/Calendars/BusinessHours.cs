using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Calendars;

/// <summary>A calendar of business hours, ready to be asked. Immutable.</summary>
/// <remarks>
/// Opening times are of the wall clock. Where the clock jumps over one, it counts from the jump; where the clock shows one twice,
/// an opening counts the first time and a closing the second, so that nobody is shut out by a change of clocks.
/// </remarks>
public sealed class BusinessHours
{
    /// <summary>Never closed.</summary>
    public static BusinessHours Always { get; } = new(TimeZoneInfo.Utc, OpeningTimes.AllDay, []);

    private readonly TimeZoneInfo _zone;
    private readonly OpeningTimes _week;
    private readonly HashSet<DateOnly> _holidays;
    private readonly DateOnly _lastHoliday;

    private BusinessHours(TimeZoneInfo zone, OpeningTimes week, HashSet<DateOnly> holidays)
    {
        (_zone, _week, _holidays) = (zone, week, holidays);
        _lastHoliday = holidays.Count == 0 ? DateOnly.MinValue : holidays.Max();
    }

    /// <summary>Reads a calendar that has passed validation; throws <see cref="FormatException"/> on one that would not.</summary>
    public static BusinessHours Compile(CalendarSettings calendar)
    {
        if (!TimeZones.TryFind(calendar.TimeZone, out var zone)) throw new FormatException($"Unknown time zone {calendar.TimeZone}.");
        var holidays = calendar.Holidays.Select(h => CalendarText.TryDate(h, out var date)
            ? date : throw new FormatException($"Holiday {h} is not a date as yyyy-MM-dd.")).ToHashSet();
        return new BusinessHours(zone, OpeningTimes.Compile(calendar.Week), holidays);
    }

    /// <summary>Whether business goes on. An opening is inside, a closing is not.</summary>
    public bool IsOpen(DateTimeOffset at) => First(at.UtcTicks) is { } span && span.Start <= at.UtcTicks;

    /// <summary>The moment itself while open, else the next opening; null: never again.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at) => First(at.UtcTicks) is { } span ? Moment(Math.Max(span.Start, at.UtcTicks)) : null;

    /// <summary>The moment itself while closed, else the next closing; null: never again.</summary>
    public DateTimeOffset? NextClosing(DateTimeOffset at)
    {
        if (First(at.UtcTicks) is not { } span || span.Start > at.UtcTicks) return at;
        return span.End == long.MaxValue ? null : Moment(span.End);
    }

    /// <summary>The next opening or closing after the moment; null: never again.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset at) => IsOpen(at) ? NextClosing(at) : NextOpening(at);

    /// <summary>The first moment at which so much business time has passed; null: it never will.</summary>
    public DateTimeOffset? AddBusinessTime(DateTimeOffset from, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero) return from;
        var (at, left) = (from.UtcTicks, duration.Ticks);
        while (First(at) is { } span)
        {
            at = Math.Max(at, span.Start);
            if (span.End - at >= left) return at > DateTimeOffset.MaxValue.UtcTicks - left ? null : Moment(at + left);
            left -= span.End - at;
            at = span.End;
        }
        return null;
    }

    /// <summary>How much business time passes from one moment to another; negative when they are the other way round.</summary>
    public TimeSpan BusinessTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) return -BusinessTimeBetween(to, from);
        var (at, end, sum) = (from.UtcTicks, to.UtcTicks, 0L);
        while (at < end && First(at) is { } span && span.Start < end)
        {
            sum += Math.Min(span.End, end) - Math.Max(span.Start, at);
            at = span.End;
        }
        return new TimeSpan(sum);
    }

    /// <summary>The first span of business that ends after the moment. Spans that touch are one.</summary>
    private Span? First(long at)
    {
        Span? found = null;
        // The wall clock is at most a day away from UTC, and a span of the day before may still run.
        var day = LocalDate(at).AddDaysClamped(-1);
        for (var last = Horizon(day); day <= last; day = day.AddDays(1))
        {
            foreach (var span in SpansOf(day))
            {
                if (found is not { } open)
                {
                    if (span.End > at) found = span;
                }
                else if (span.Start > open.End) return found;
                else if (span.End > open.End) found = open with { End = span.End };
            }
            if (found is { } sofar && sofar.Start <= at && _week.IsAllDay && day > _lastHoliday) return sofar with { End = long.MaxValue };
            if (found is { } closed && day.AddDaysClamped(1) is var next && next != day && DayStart(next) > closed.End) return found;
            if (day == DateOnly.MaxValue) break;
        }
        return found;
    }

    /// <summary>The day by which a span that is to come at all has come: a week after the last holiday.</summary>
    private DateOnly Horizon(DateOnly from) => (from > _lastHoliday ? from : _lastHoliday).AddDaysClamped(21);

    private IEnumerable<Span> SpansOf(DateOnly day)
    {
        if (_holidays.Contains(day)) yield break;
        foreach (var (start, end) in _week.Of(day.DayOfWeek))
        {
            var span = new Span(Utc(day, start, last: false), Utc(day, end, last: true));
            if (span.End > span.Start) yield return span;
        }
    }

    private long DayStart(DateOnly day) => Utc(day, 0, last: false);

    /// <summary>A wall-clock minute of a day in UTC ticks.</summary>
    private long Utc(DateOnly day, int minute, bool last)
    {
        var local = day.DayNumber * TimeSpan.TicksPerDay + minute * TimeSpan.TicksPerMinute;
        if (local > DateTime.MaxValue.Ticks) return DateTimeOffset.MaxValue.UtcTicks;
        return TimeZones.ToUtcTicks(_zone, new DateTime(local, DateTimeKind.Unspecified), last);
    }

    private DateOnly LocalDate(long utc)
    {
        var local = utc + _zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;
        return DateOnly.FromDateTime(new DateTime(Math.Clamp(local, 0, DateTime.MaxValue.Ticks)));
    }

    private static DateTimeOffset Moment(long utcTicks) => new(Math.Min(utcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private readonly record struct Span(long Start, long End);
}
