using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

/// <summary>Small files in the format of the bank, made line by line.</summary>
internal static class BankText
{
    public const string Header =
        "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\t"
        + "ser_start\tser_exit\tser_time\tserver";

    /// <summary>A line of a call that was served at once, except for what is given. Fields are as in the file.</summary>
    public static string Line(
        string exit = "10:00:00", string outcome = "AGENT", int wait = 0, string type = "PS", string start = "10:00:00",
        string end = "10:02:00", string service = "120", string server = "ANAT", string date = "990103", string priority = "0",
        string? entry = null, string queueStart = "0:00:00", string queueExit = "0:00:00") =>
        string.Join('\t', "AA0101", "33116", "0", priority, type, date, entry ?? exit, exit, "0", queueStart, queueExit, wait, outcome,
            start, end, service, server);

    public static string HungUp(string exit, int wait, string type = "PS", string date = "990103", string priority = "0") =>
        Line(exit, "HANG", wait, type, "0:00:00", "0:00:00", "0", "NO_SERVER", date, priority);

    public static AnonymousBankMonth Read(params IEnumerable<string> lines)
    {
        using var text = new StringReader(string.Join("\r\n", lines.Prepend(Header)) + "\r\n");
        return AnonymousBankFile.Read(text, "test.tsv");
    }

    /// <summary>A moment of 3 January 1999, or of a later day.</summary>
    public static DateTimeOffset At(string time, int day = 3) =>
        new(new DateOnly(1999, 1, day).ToDateTime(TimeOnly.Parse(time)), TimeSpan.Zero);

    public static Interval Between(string from, string to) => new(At(from), At(to));

    public static ReplayPlan Plan(AnonymousBankMonth month, ulong seed = 1, int wrapUp = 0) =>
        ReplayPlan.Build(month, null, null, seed, TimeSpan.FromSeconds(wrapUp));
}
