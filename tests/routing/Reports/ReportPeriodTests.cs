using System.Collections.Immutable;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Routing.Tests.Reports;

/// <summary>Days and intervals of time zones.</summary>
public sealed class ReportPeriodTests
{
    [Theory]
    [InlineData("UTC", "2026-03-29", 24)]
    [InlineData("Europe/Madrid", "2026-03-28", 24)]
    [InlineData("Europe/Madrid", "2026-03-29", 23)]
    [InlineData("Europe/Madrid", "2026-10-25", 25)]
    [InlineData("America/Santiago", "2026-09-06", 23)] // The clock goes from 00:00 to 01:00: the day has no midnight.
    [InlineData("America/Santiago", "2026-04-04", 25)] // The clock goes from 24:00 back to 23:00.
    [InlineData("Asia/Kathmandu", "2026-03-29", 24)]
    public void A_day_has_as_many_hours_as_its_clock_shows(string zone, string date, int hours)
    {
        var day = Assert.Single(Cut(zone, date, date, null));
        Assert.Equal(hours, (day.End - day.Start).TotalHours);
        Assert.Equal(hours, Cut(zone, date, date, TimeSpan.FromHours(1)).Length);
        Assert.Equal(hours * 4, Cut(zone, date, date, TimeSpan.FromMinutes(15)).Length);
    }

    [Fact]
    public void Where_the_clock_changes_by_half_an_hour_the_last_interval_is_shorter()
    {
        var hours = Cut("Australia/Lord_Howe", "2026-10-04", "2026-10-04", TimeSpan.FromHours(1));
        Assert.Equal((24, TimeSpan.FromMinutes(30)), (hours.Length, hours[^1].End - hours[^1].Start));
    }

    [Fact]
    public void A_date_that_a_zone_skipped_has_no_interval() =>
        Assert.Equal([new DateOnly(2011, 12, 29), new DateOnly(2011, 12, 31)], Cut("Pacific/Apia", "2011-12-29", "2011-12-31", null).Select(day => day.Date));

    [Fact]
    public void Intervals_of_every_zone_follow_each_other_and_begin_with_a_quarter_of_an_hour()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => ReportPeriod.TryZone(zone.Id, out _)))
        {
            foreach (var year in new[] { 1990, 2005, 2026 })
            {
                var days = ReportPeriod.Cut(zone, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), null);
                Assert.All(days, day => Assert.Equal(0, day.StartMs % ReportTally.QuarterMs));
                Assert.All(days.Zip(days.Skip(1)), pair => Assert.Equal(pair.First.EndMs, pair.Second.StartMs));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(899_999, 0)]
    [InlineData(900_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-900_000, -1)]
    [InlineData(-900_001, -2)]
    public void Every_moment_lies_in_one_quarter(long at, long quarter) => Assert.Equal(quarter, ReportTally.QuarterOf(at));

    private static ImmutableArray<ReportSpan> Cut(string id, string first, string last, TimeSpan? length)
    {
        Assert.True(ReportPeriod.TryZone(id, out var zone));
        return ReportPeriod.Cut(zone, DateOnly.Parse(first, null), DateOnly.Parse(last, null), length);
    }
}
