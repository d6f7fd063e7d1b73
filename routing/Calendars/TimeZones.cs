using System.Diagnostics.CodeAnalysis;

namespace RoutingGrid.Routing.Calendars;

/// <summary>IANA time zones and their jumps.</summary>
internal static class TimeZones
{
    /// <summary>Finds a zone by its IANA id. Ids of other systems are refused, so that a configuration means the same everywhere.</summary>
    public static bool TryFind(string id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (id is "UTC" or "Etc/UTC")
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }
        return id.Contains('/') && TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone) && zone.HasIanaId;
    }

    /// <summary>A wall-clock time in UTC. In a gap: the moment of the jump. Shown twice: the first time, or the last.</summary>
    public static long ToUtcTicks(TimeZoneInfo zone, DateTime local, bool last)
    {
        if (zone.IsInvalidTime(local))
        {
            // The jump is where the offset changes within a day before and after: search it by halves.
            var before = local.AddDays(-1).Ticks - zone.GetUtcOffset(local.AddDays(-1)).Ticks;
            var after = local.AddDays(1).Ticks - zone.GetUtcOffset(local.AddDays(1)).Ticks;
            var offset = zone.GetUtcOffset(new DateTime(before, DateTimeKind.Utc));
            while (after - before > TimeSpan.TicksPerSecond)
            {
                var middle = before + (after - before) / 2;
                if (zone.GetUtcOffset(new DateTime(middle, DateTimeKind.Utc)) == offset) before = middle;
                else after = middle;
            }
            return after - after % TimeSpan.TicksPerSecond;
        }
        var chosen = zone.IsAmbiguousTime(local)
            ? last ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return Math.Clamp(local.Ticks - chosen.Ticks, 0, DateTimeOffset.MaxValue.UtcTicks);
    }
}

internal static class Dates
{
    /// <summary>Adds days, and stops at the ends of the calendar.</summary>
    public static DateOnly AddDaysClamped(this DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, 0, DateOnly.MaxValue.DayNumber));
}
