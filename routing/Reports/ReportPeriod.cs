using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RoutingGrid.Routing.Calendars;

namespace RoutingGrid.Routing.Reports;

/// <summary>A stretch of time of a report: from a moment, until just before another.</summary>
public readonly record struct ReportSpan(DateOnly Date, long StartMs, long EndMs)
{
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(StartMs);
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeMilliseconds(EndMs);
}

/// <summary>Days of a time zone, whole or cut into intervals.</summary>
public static class ReportPeriod
{
    /// <summary>Before this, some zone was off UTC by other than quarters of an hour.</summary>
    public static readonly DateOnly FirstDay = new(1990, 1, 1);

    /// <summary>The last day whose end every zone can tell.</summary>
    public static readonly DateOnly LastDay = new(9990, 1, 1);

    /// <summary>Finds a zone by its IANA id.</summary>
    public static bool TryZone(string id, [NotNullWhen(true)] out TimeZoneInfo? zone) => TimeZones.TryFind(id, out zone);

    /// <summary>The date that a moment has in a zone.</summary>
    public static DateOnly DateOf(TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>Every interval of the days, in order. A day begins at its first moment; its intervals follow each other from there, so that one on which the
    /// clock changes has more or fewer of them, and perhaps a shorter last one.</summary>
    /// <param name="last">The last day, included.</param>
    /// <param name="length">15 minutes, 30 minutes or an hour; null: whole days.</param>
    public static ImmutableArray<ReportSpan> Cut(TimeZoneInfo zone, DateOnly first, DateOnly last, TimeSpan? length)
    {
        var spans = ImmutableArray.CreateBuilder<ReportSpan>();
        for (var (date, start) = (first, StartOf(zone, first)); date <= last; date = date.AddDays(1))
        {
            var end = StartOf(zone, date.AddDays(1));
            var step = (long?)length?.TotalMilliseconds ?? end - start;
            // A date that a zone has skipped has no time at all.
            for (; start < end; start += step) spans.Add(new ReportSpan(date, start, Math.Min(end, start + step)));
            start = end;
        }
        return spans.ToImmutable();
    }

    private static long StartOf(TimeZoneInfo zone, DateOnly date) =>
        (TimeZones.ToUtcTicks(zone, date.ToDateTime(TimeOnly.MinValue), last: false) - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
