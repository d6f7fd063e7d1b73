using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using RoutingGrid.Api.Problems;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Api.Reports;

/// <summary>Which days a report is about, by whose clock.</summary>
internal sealed record ReportRequest(
    [property: Description("The first day, as yyyy-MM-dd. Without it: the last, and without both, today.")]
    string? From,
    [property: Description("The last day, included. Without it: the first.")]
    string? To,
    [property: Description("An IANA time zone, such as Europe/Madrid. Without it: that of the calendars, where they have one in common; else UTC.")]
    string? Zone,
    [property: Description("json or csv.")]
    string? Format)
{
    /// <summary>The longest report of days.</summary>
    public const int MostDays = 366;

    /// <summary>The most intervals of one queue, whatever their length: a month of quarters of an hour.</summary>
    private const int MostIntervals = 31 * 96;

    private static readonly ImmutableArray<(string Name, TimeSpan? Length)> Intervals =
    [
        ("15m", TimeSpan.FromMinutes(15)), ("30m", TimeSpan.FromMinutes(30)), ("1h", TimeSpan.FromHours(1)), ("1d", null),
    ];

    /// <summary>What is asked for, or everything that is wrong with it.</summary>
    /// <param name="calendar">The only queue's calendar, where there is one.</param>
    /// <param name="interval">Null: days.</param>
    public (ReportFrame? Frame, Problem? Problem) Read(WorkspaceConfiguration configuration, string? calendar, string? interval, DateTimeOffset now)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var named = Zone ?? ZoneOf(configuration, calendar);
        if (!ReportPeriod.TryZone(named, out var zone)) errors.Add(new FieldError("zone", "unknownTimeZone", $"'{named}' is not an IANA time zone, such as Europe/Madrid."));
        if (Format is not (null or "json" or "csv")) errors.Add(new FieldError("format", "unexpected", "must be json or csv."));
        var length = Intervals.FirstOrDefault(known => known.Name == (interval ?? "1d"));
        if (length.Name is null) errors.Add(new FieldError("interval", "unexpected", $"must be one of {string.Join(", ", Intervals.Select(known => known.Name))}."));
        var today = ReportPeriod.DateOf(zone ?? TimeZoneInfo.Utc, now);
        var first = Day("from", From, errors) ?? Day(null, To, errors) ?? today;
        var last = Day("to", To, errors) ?? first;
        if (errors.Count == 0) CheckRange(first, last, length, errors);
        if (errors.Count > 0) return (null, Problem.Invalid(errors.ToImmutable()));
        return (new ReportFrame(named, length.Name!, first, last, ReportPeriod.Cut(zone!, first, last, length.Length), now, Format == "csv"), null);
    }

    private static void CheckRange(DateOnly first, DateOnly last, (string Name, TimeSpan? Length) interval, ImmutableArray<FieldError>.Builder errors)
    {
        var most = interval.Length is { } length ? (int)(MostIntervals * length / TimeSpan.FromDays(1)) : MostDays;
        if (last < first) errors.Add(new FieldError("to", "outOfRange", $"{last:yyyy-MM-dd} is before {first:yyyy-MM-dd}, the first day."));
        else if (last.DayNumber - first.DayNumber >= most)
            errors.Add(new FieldError("to", "outOfRange", $"from {first:yyyy-MM-dd} to {last:yyyy-MM-dd} is {last.DayNumber - first.DayNumber + 1} days; with an interval of {interval.Name}, at most {most} are told at once."));
    }

    private static DateOnly? Day(string? field, string? text, ImmutableArray<FieldError>.Builder errors)
    {
        if (text is null) return null;
        var isDate = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (isDate && day >= ReportPeriod.FirstDay && day <= ReportPeriod.LastDay) return day;
        if (field is not null)
            errors.Add(isDate
                ? new FieldError(field, "outOfRange", $"must be from {ReportPeriod.FirstDay:yyyy-MM-dd} to {ReportPeriod.LastDay:yyyy-MM-dd}.")
                : new FieldError(field, "notADate", "must be a date as yyyy-MM-dd."));
        return null;
    }

    private static string ZoneOf(WorkspaceConfiguration configuration, string? calendar)
    {
        var zones = configuration.Calendars.Where(known => calendar is null || known.Name == calendar).Select(known => known.TimeZone).Distinct().ToList();
        return zones.Count == 1 ? zones[0] : "UTC";
    }
}

/// <summary>A request that can be answered.</summary>
/// <param name="Now">Until when what has not ended counts.</param>
internal sealed record ReportFrame(string Zone, string Interval, DateOnly From, DateOnly To, ImmutableArray<ReportSpan> Spans, DateTimeOffset Now, bool AsCsv);
