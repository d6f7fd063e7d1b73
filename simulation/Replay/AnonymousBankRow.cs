using System.Globalization;

namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// One line on its way to a <see cref="CallRecord"/>. The first thing that is wrong with it is kept in <see cref="Problem"/>.
/// <para>
/// What the file is forgiven, because the real month has it: a VRU exit some seconds before the entry (its clock was set back);
/// services that start some seconds before the queue was left, or minutes after (two clocks); AGENT without a server or without times of
/// service; HANG with times of service; types the documentation does not list; customer ids in scientific notation.
/// </para>
/// </summary>
internal sealed class AnonymousBankRow(int line, string[] fields, AnonymousBankColumns columns)
{
    private const int DaySeconds = 24 * 60 * 60;
    private const string NoServer = "NO_SERVER";
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);

    public int Line => line;

    /// <summary>What is wrong with the line; null while nothing is.</summary>
    public string? Problem { get; private set; }

    /// <returns>Null when the line is bad.</returns>
    public CallRecord? Parse()
    {
        if (fields.Length != columns.Count)
        {
            Problem = $"{fields.Length} fields instead of {columns.Count}";
            return null;
        }
        var date = Date("date");
        var exit = Near(date.ToDateTime(TimeOnly.MinValue) + Clock("vru_entry"), Clock("vru_exit"));
        var queued = Stretch("q_start", "q_exit", exit);
        var outcome = Outcome();
        var record = new CallRecord
        {
            Line = line,
            Type = Word("type"),
            Priority = Priority(),
            Date = date,
            VruExit = Local(exit),
            QueueTime = Seconds("q_time"),
            Outcome = outcome,
            ServiceTime = Seconds("ser_time"),
            Service = Stretch("ser_start", "ser_exit", queued?.End.DateTime ?? exit),
            Server = Word("server") is var server && server == NoServer ? null : server,
        };
        return Problem is null ? record : null;
    }

    /// <summary>From one time to a later one; 0:00:00 for both means that it did not happen, or that nobody wrote it down.</summary>
    private Interval? Stretch(string startColumn, string endColumn, DateTime after)
    {
        var (from, to) = (Clock(startColumn), Clock(endColumn));
        if (from == TimeSpan.Zero && to == TimeSpan.Zero) return null;
        var start = Near(after, from);
        var end = Near(start, to);
        if (end < start) Reject($"{endColumn} {Field(endColumn)} is before {startColumn} {Field(startColumn)}");
        return new Interval(Local(start), Local(end));
    }

    /// <summary>
    /// The moment with this time of day that is nearest to the one before it. That takes 0:03:40 after 23:59:33 for the next day, and
    /// 15:45:24 after 15:46:01 for what it is: a clock set back.
    /// </summary>
    private static DateTime Near(DateTime anchor, TimeSpan clock)
    {
        var sameDay = anchor.Date + clock;
        if (sameDay <= anchor - HalfADay) return sameDay.AddDays(1);
        return sameDay > anchor + HalfADay ? sameDay.AddDays(-1) : sameDay;
    }

    private static DateTimeOffset Local(DateTime moment) => new(moment, TimeSpan.Zero);

    private RecordedOutcome Outcome()
    {
        switch (Word("outcome"))
        {
            case "AGENT": return RecordedOutcome.Served;
            case "HANG": return RecordedOutcome.HungUp;
            case "PHANTOM": return RecordedOutcome.Phantom;
            default:
                Reject($"outcome \"{Field("outcome")}\" is unknown (AGENT, HANG or PHANTOM)");
                return default;
        }
    }

    private int Priority()
    {
        if (Field("priority") is "0" or "1" or "2") return Field("priority")[0] - '0';
        Reject($"priority \"{Field("priority")}\" is unknown (0, 1 or 2)");
        return 0;
    }

    private string Word(string column)
    {
        if (Field(column).Length == 0) Reject($"{column} is blank");
        return Field(column).ToUpperInvariant();
    }

    private TimeSpan Seconds(string column)
    {
        if (int.TryParse(Field(column), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DaySeconds)
            return TimeSpan.FromSeconds(seconds);
        Reject($"{column} \"{Field(column)}\" is not a number of seconds from 0 to {DaySeconds}");
        return default;
    }

    private TimeSpan Clock(string column)
    {
        if (TimeOnly.TryParseExact(Field(column), "H:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time.ToTimeSpan();
        Reject($"{column} \"{Field(column)}\" is not a time of day (h:mm:ss)");
        return default;
    }

    private DateOnly Date(string column)
    {
        // With the century in front no rule about two-digit years is left to the runtime: the data are of the nineties.
        var text = Field(column).Length == 6 ? "19" + Field(column) : "";
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Reject($"{column} \"{Field(column)}\" is not a date (yymmdd)");
        return new DateOnly(1999, 1, 1);
    }

    private string Field(string column) => fields[columns[column]];

    private void Reject(string problem) => Problem ??= problem;
}
