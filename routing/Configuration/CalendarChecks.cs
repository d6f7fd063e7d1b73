using RoutingGrid.Routing.Calendars;
using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Calendars: zones, opening times and holidays.</summary>
internal static class CalendarChecks
{
    public static void Validate(WorkspaceConfiguration configuration, ErrorList errors)
    {
        errors.UniqueNames("calendars", "name", configuration.Calendars, c => c.Name, Limits.Calendars);
        foreach (var (path, calendar) in ErrorList.Each("calendars", configuration.Calendars))
        {
            if (!TimeZones.TryFind(calendar.TimeZone ?? "", out _))
                errors.Add($"{path}.timeZone", Codes.BadTimeZone, $"\"{calendar.TimeZone}\" is not a time zone known here; use an IANA name such as Europe/Madrid, or UTC.");
            ValidateWeek($"{path}.week", calendar, errors);
            errors.List($"{path}.holidays", calendar.Holidays, Limits.Holidays);
            foreach (var (at, holiday) in ErrorList.Each($"{path}.holidays", calendar.Holidays))
                if (!CalendarText.TryDate(holiday, out _)) errors.Add(at, Codes.BadDate, $"\"{holiday}\" is not a date; write it as yyyy-MM-dd, such as 2026-12-25.");
        }
    }

    private static void ValidateWeek(string path, CalendarSettings calendar, ErrorList errors)
    {
        foreach (var (day, times) in errors.Entries(path, calendar.Week, 100))
        {
            if (!CalendarText.TryDay(day, out _))
                errors.Add($"{path}.{day}", Codes.BadDay, $"\"{day}\" is not a day; use monday to sunday, in lower case.");
            errors.List($"{path}.{day}", times, Limits.TimesPerDay);
            foreach (var (at, time) in ErrorList.Each($"{path}.{day}", times))
                if (!CalendarText.TryTimes(time, out _, out _))
                    errors.Add(at, Codes.BadOpeningTime, $"\"{time}\" is not an opening time; write it as 09:00-14:00, with 24:00 for midnight. An end before the start runs into the next day.");
        }
    }
}
