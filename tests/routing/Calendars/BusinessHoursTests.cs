using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Calendars;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Tests.Matching;

namespace RoutingGrid.Routing.Tests.Calendars;

public sealed class BusinessHoursTests
{
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>Whether it is open at a moment in UTC, and when that changes next.</summary>
    [Theory]
    // An ordinary winter's day with a break: UTC+1.
    [InlineData("Europe/Madrid", "09:00-14:00 16:00-18:30", "2026-01-14T07:59:59", false, "2026-01-14T08:00:00")]
    [InlineData("Europe/Madrid", "09:00-14:00 16:00-18:30", "2026-01-14T08:00:00", true, "2026-01-14T13:00:00")]
    [InlineData("Europe/Madrid", "09:00-14:00 16:00-18:30", "2026-01-14T13:00:00", false, "2026-01-14T15:00:00")]
    [InlineData("Europe/Madrid", "09:00-14:00 16:00-18:30", "2026-01-14T17:30:00", false, "2026-01-15T08:00:00")]
    // The clocks go forward on 29 March at 01:00 UTC: the same opening comes an hour earlier in UTC.
    [InlineData("Europe/Madrid", "09:00-18:00", "2026-03-28T17:00:00", false, "2026-03-29T07:00:00")]
    // 02:30 does not exist that night; it counts from the jump.
    [InlineData("Europe/Madrid", "02:30-05:00", "2026-03-29T00:59:59", false, "2026-03-29T01:00:00")]
    [InlineData("Europe/Madrid", "02:30-05:00", "2026-03-29T01:00:00", true, "2026-03-29T03:00:00")]
    // A span inside the gap does not exist at all.
    [InlineData("Europe/Madrid", "02:10-02:50", "2026-03-29T00:30:00", false, "2026-03-30T00:10:00")]
    // They go back on 25 October at 01:00 UTC: 02:30 is shown twice; it opens the first time and closes the second.
    [InlineData("Europe/Madrid", "02:30-05:00", "2026-10-25T00:00:00", false, "2026-10-25T00:30:00")]
    [InlineData("Europe/Madrid", "02:30-05:00", "2026-10-25T00:30:00", true, "2026-10-25T04:00:00")]
    [InlineData("Europe/Madrid", "00:00-02:30", "2026-10-24T22:00:00", true, "2026-10-25T01:30:00")]
    // Mexico City has had no summer time since 2022, and had it before.
    [InlineData("America/Mexico_City", "09:00-18:00", "2026-07-01T14:59:00", false, "2026-07-01T15:00:00")]
    [InlineData("America/Mexico_City", "09:00-18:00", "2021-07-01T14:00:00", true, "2021-07-01T23:00:00")]
    [InlineData("America/Mexico_City", "09:00-18:00", "2021-04-03T23:59:00", true, "2021-04-04T00:00:00")]
    [InlineData("America/Mexico_City", "09:00-18:00", "2021-04-04T00:00:00", false, "2021-04-04T14:00:00")]
    // Around midnight: spans that touch are one, and spans may run into the next day.
    [InlineData("UTC", "20:00-24:00 00:00-04:00", "2026-01-14T21:00:00", true, "2026-01-15T04:00:00")]
    [InlineData("UTC", "22:00-06:00", "2026-01-14T23:00:00", true, "2026-01-15T06:00:00")]
    [InlineData("UTC", "22:00-00:00", "2026-01-14T23:00:00", true, "2026-01-15T00:00:00")]
    [InlineData("UTC", "00:00-24:00", "2026-01-14T23:00:00", true, null)]
    public void Opens_and_closes_by_the_wall_clock(string zone, string times, string at, bool open, string? changes)
    {
        var hours = BusinessHours.Compile(EveryDay(zone, times));
        Assert.Equal(open, hours.IsOpen(Utc(at)));
        Assert.Equal(changes is null ? null : Utc(changes), hours.NextChange(Utc(at)));
        Assert.Equal(open ? Utc(at) : Utc(changes!), hours.NextOpening(Utc(at)));
        Assert.Equal(open ? changes is null ? null : Utc(changes) : Utc(at), hours.NextClosing(Utc(at)));
    }

    [Fact]
    public void Holidays_are_local_dates_without_business()
    {
        var night = BusinessHours.Compile(EveryDay("Europe/Madrid", "22:00-06:00") with { Holidays = ["2026-01-06"] });
        Assert.Equal(Utc("2026-01-05T23:00:00"), night.NextClosing(Utc("2026-01-05T22:00:00")));
        Assert.Equal(Utc("2026-01-06T23:00:00"), night.NextOpening(Utc("2026-01-05T23:00:00")));
        var always = BusinessHours.Compile(EveryDay("UTC", "00:00-24:00") with { Holidays = ["2026-12-25"] });
        Assert.Equal(Utc("2026-12-25T00:00:00"), always.NextClosing(Utc("2026-01-14T00:00:00")));
        Assert.Equal(Utc("2026-12-26T00:00:00"), always.NextOpening(Utc("2026-12-25T12:00:00")));
        Assert.Null(always.NextClosing(Utc("2026-12-26T00:00:00")));
    }

    [Fact]
    public void A_calendar_without_hours_never_opens()
    {
        var never = BusinessHours.Compile(new CalendarSettings { Name = "never" });
        Assert.False(never.IsOpen(Utc("2026-01-14T12:00:00")));
        Assert.Null(never.NextOpening(Utc("2026-01-14T12:00:00")));
        Assert.Null(never.NextChange(Utc("2026-01-14T12:00:00")));
        Assert.Null(never.AddBusinessTime(Utc("2026-01-14T12:00:00"), TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, never.BusinessTimeBetween(Utc("2026-01-14T12:00:00"), Utc("2027-01-14T12:00:00")));
    }

    [Theory]
    [InlineData("2026-01-16T16:00:00", "01:00:00", "2026-01-16T17:00:00")]
    [InlineData("2026-01-16T16:00:00", "02:30:00", "2026-01-19T09:30:00")]
    [InlineData("2026-01-17T12:00:00", "00:00:01", "2026-01-19T08:00:01")]
    [InlineData("2026-01-17T12:00:00", "00:00:00", "2026-01-17T12:00:00")]
    // The weekend of the change of clocks.
    [InlineData("2026-03-27T16:30:00", "01:00:00", "2026-03-30T07:30:00")]
    public void Deadlines_count_in_business_time(string from, string duration, string due)
    {
        var office = BusinessHours.Compile(Weekdays("Europe/Madrid", "09:00-18:00"));
        var time = TimeSpan.Parse(duration, CultureInfo.InvariantCulture);
        Assert.Equal(Utc(due), office.AddBusinessTime(Utc(from), time));
        Assert.Equal(time, office.BusinessTimeBetween(Utc(from), Utc(due)));
    }

    [Fact]
    public void Always_is_ordinary_time()
    {
        Assert.Equal(Utc("2026-01-14T13:00:00"), BusinessHours.Always.AddBusinessTime(Utc("2026-01-14T12:00:00"), TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(-1), BusinessHours.Always.BusinessTimeBetween(Utc("2026-01-14T13:00:00"), Utc("2026-01-14T12:00:00")));
        Assert.Null(BusinessHours.Always.NextChange(Utc("2026-01-14T12:00:00")));
        Assert.Null(BusinessHours.Always.AddBusinessTime(DateTimeOffset.MaxValue.AddHours(-1), TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData("Mars/Olympus", "09:00-18:00", "2026-01-01")]
    [InlineData("UTC", "9-18", "2026-01-01")]
    [InlineData("UTC", "09:00-18:00", "01/01/2026")]
    public void What_validation_would_refuse_is_refused(string zone, string times, string holiday) =>
        Assert.Throws<FormatException>(() => BusinessHours.Compile(EveryDay(zone, times) with { Holidays = [holiday] }));

    private static readonly Gen<(CalendarSettings Calendar, DateTimeOffset From, TimeSpan Duration)> Cases =
        from zone in Gen.Elements("Europe/Madrid", "America/Mexico_City", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "UTC")
        from starts in Gen.ArrayOf(Gen.Choose(0, 47), 3)
        from lengths in Gen.ArrayOf(Gen.Choose(1, 47), 3)
        from count in Gen.Choose(1, 3)
        from holidays in Gen.ArrayOf(Gen.Choose(0, 400))
        from minutes in Gen.Choose(0, 400 * 24 * 60)
        from seconds in Gen.Choose(0, 200 * 60 * 60)
        let times = string.Join(' ', starts.Take(count).Zip(lengths, (s, l) => $"{Clock(s * 30)}-{Clock((s + l) * 30 % (24 * 60))}"))
        select (
            EveryDay(zone, times) with { Holidays = [.. holidays.Select(d => new DateOnly(2025, 12, 20).AddDays(d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))] },
            Utc("2026-01-01T00:00:00").AddMinutes(minutes),
            TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Adding_business_time_is_undone_by_measuring_it() => Law.Holds(Cases, c =>
    {
        var hours = BusinessHours.Compile(c.Calendar);
        var due = hours.AddBusinessTime(c.From, c.Duration)!.Value;
        Assert.Equal(c.Duration, hours.BusinessTimeBetween(c.From, due));
        // It is the first such moment: just before, less business time had passed.
        if (c.Duration > TimeSpan.Zero) Assert.Equal(c.Duration - new TimeSpan(1), hours.BusinessTimeBetween(c.From, due.AddTicks(-1)));
    }, tests: 300);

    [Fact]
    public void Changes_come_where_the_wall_clock_says() => Law.Holds(Cases, c =>
    {
        var hours = BusinessHours.Compile(c.Calendar);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(c.Calendar.TimeZone);
        var at = c.From;
        for (var i = 0; i < 12; i++)
        {
            var (open, next) = (hours.IsOpen(at), hours.NextChange(at));
            // No change between here and the next: look at every quarter of an hour.
            for (var probe = at; probe < (next ?? at.AddDays(3)) && probe < at.AddDays(3); probe = probe.AddMinutes(15))
            {
                Assert.Equal(open, hours.IsOpen(probe));
                var local = TimeZoneInfo.ConvertTime(probe, zone);
                if (!zone.IsAmbiguousTime(local)) Assert.Equal(open, OpenOnTheWall(c.Calendar, local.DateTime));
            }
            if (next is not { } change) return;
            Assert.NotEqual(open, hours.IsOpen(change));
            at = change;
        }
    }, tests: 150);

    private static bool OpenOnTheWall(CalendarSettings calendar, DateTime local)
    {
        if (calendar.Holidays.Contains(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) return false;
        foreach (var times in calendar.Week["monday"])
        {
            var (start, end) = (TimeSpan.ParseExact(times[..5], @"hh\:mm", null), TimeSpan.ParseExact(times[6..], @"hh\:mm", null));
            var clock = local.TimeOfDay;
            if (end > start ? clock >= start && clock < end : clock >= start || clock < end) return true;
        }
        return false;
    }

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static CalendarSettings EveryDay(string zone, string times) => Of(zone, times, Days);

    private static CalendarSettings Weekdays(string zone, string times) => Of(zone, times, Days[..5]);

    private static CalendarSettings Of(string zone, string times, string[] days) =>
        new() { Name = "hours", TimeZone = zone, Week = days.ToImmutableDictionary(d => d, _ => times.Split(' ').ToImmutableArray()) };

    private static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at + "Z", CultureInfo.InvariantCulture);
}
