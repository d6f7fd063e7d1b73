using System.Globalization;
using System.Text;

namespace RoutingGrid.Simulation.Replay;

/// <summary>A replay for people: recorded beside replayed, per type and in total.</summary>
public static class ReplayReport
{
    private const int FirstColumn = 7;
    private const int CallsColumn = 8;
    private const int Half = 9;

    private static readonly (string Title, Func<GroupStatistics, string> Text)[] Columns =
    [
        ("served", group => Count(group.Served)),
        ("abandoned", group => Count(group.Abandoned)),
        ("waited", group => Percent(group.WaitedShare)),
        ("mean wait", group => Seconds(group.MeanWaitSeconds)),
        ("p90 wait", group => Seconds(group.P90WaitSeconds)),
        ("occupancy", group => Percent(group.Occupancy)),
    ];

    /// <summary>The whole report, with a line end behind each line.</summary>
    public static string Text(ReplayResult result)
    {
        var plan = result.Plan;
        var text = new StringBuilder();
        Line(text, $"Anonymous Bank, {plan.From:yyyy-MM-dd} to {plan.To:yyyy-MM-dd}: recorded (rec.) beside replayed (repl.)");
        Line(text, $"{plan.Agents.Length} agents, seed {plan.Seed}, wrap-up {plan.WrapUp.TotalSeconds} s");
        Line(text, $"");
        Table(text, result);
        Line(text, $"");
        Notes(text, result);
        return text.ToString();
    }

    private static void Table(StringBuilder text, ReplayResult result)
    {
        var titles = string.Concat(Columns.Select(column => $"{column.Title,2 * Half}"));
        var sides = string.Concat(Columns.Select(_ => $"{"rec.",Half}{"repl.",Half}"));
        Line(text, $"{"type",-FirstColumn}{"calls",CallsColumn}{titles}");
        Line(text, $"{"",FirstColumn + CallsColumn}{sides}");
        foreach (var (type, recorded) in result.Plan.Recorded.ByType) Row(text, type, recorded, result.Replayed.ByType[type]);
        Row(text, "total", result.Plan.Recorded.Total, result.Replayed.Total);
    }

    private static void Row(StringBuilder text, string name, GroupStatistics recorded, GroupStatistics replayed)
    {
        var cells = string.Concat(Columns.Select(column => $"{column.Text(recorded),Half}{column.Text(replayed),Half}"));
        Line(text, $"{name,-FirstColumn}{Count(recorded.Calls),CallsColumn}{cells}");
    }

    private static void Notes(StringBuilder text, ReplayResult result)
    {
        Line(text, $"Waits are over all calls: who hung up waited until then, who was served at once waited 0 s. p90: 90 % of the calls");
        Line(text, $"waited no longer. Occupancy: time on calls, of the working time of the agents who serve the type.");
        Line(text, $"The file does not show breaks and after-call work, so the replayed center does better than the recorded one;");
        Line(text, $"--wrap-up SECONDS makes every agent unavailable after each call.");
        Line(text, $"Who was served has a patience drawn from the Kaplan-Meier estimate of the month; who hung up, and is served in the");
        Line(text, $"replay, has a service time drawn from those of the type.");
        Line(text, $"Data: Ilan Guedj and Avi Mandelbaum, Technion, Haifa.");
        if (result.BadLines > 0) Line(text, $"{Count(result.BadLines)} bad lines of the file were skipped.");
        Line(text, $"{result.VirtualSeconds:N0} s of virtual time in {result.WallSeconds:N1} s. Journal {result.JournalHash}.");
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F1} %");

    private static string Seconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1} s");

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
