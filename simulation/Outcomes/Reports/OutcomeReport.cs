using System.Globalization;
using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>What <c>simulate</c> prints for people.</summary>
public static class OutcomeReport
{
    private static readonly Metric[] ByPeriod = [Metrics.Arrived, Metrics.Abandoned, Metrics.MeanWait, Metrics.ServiceLevel, Metrics.MeanQueueLength];

    /// <summary>The whole report, with a line end behind each line.</summary>
    public static string Text(SimulationReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.First.Name}{(report.Other is { } other ? $" (first) beside {other.Name} (other), with the same random numbers" : "")}");
        Line(text, $"{Counted(report.Replications)}, seed {report.Seed}; mean ± half of the 95 % interval, contacts per replication");
        Line(text, $"");
        if (report.Staffing is { } staffing) StaffingText.Write(text, report.First, staffing);
        if (report is { Other: { } second, Comparison: { } comparison }) ComparisonText.Write(text, report.First, second, comparison);
        else Alone(text, report.First, withPeriods: report.Staffing is null);
        Notes(text, report);
        return text.ToString();
    }

    private static void Alone(StringBuilder text, ScenarioOutcome scenario, bool withPeriods)
    {
        Types(text, scenario.Outcome);
        Groups(text, scenario.Outcome);
        if (withPeriods && scenario.Periods.Length > 1) Periods(text, scenario);
    }

    private static void Types(StringBuilder text, Outcome outcome)
    {
        Metric[] metrics = [.. outcome.Total.Whole.Select(figure => figure.Metric).Where(metric => !IsIdle(metric, outcome.Total[metric]))];
        var table = new TextTable(["type", .. metrics.Select(Shown.Heading)]);
        foreach (var subject in outcome.Types.Append(outcome.Total)) table.Estimates(subject.Name, metrics.Select(metric => (metric, subject[metric])));
        Write(text, table);
    }

    /// <summary>Nobody was turned away, nobody left: most days have neither, and the lines are long.</summary>
    internal static bool IsIdle(Metric metric, Estimate estimate) => (metric == Metrics.Blocked || metric == Metrics.Remaining) && estimate.Mean == 0;

    private static void Groups(StringBuilder text, Outcome outcome)
    {
        if (outcome.Groups.IsEmpty) return;
        var table = new TextTable(["group", .. outcome.Groups[0].Whole.Select(figure => Shown.Heading(figure.Metric))]);
        foreach (var group in outcome.Groups) table.Estimates(group.Name, group.Whole.Select(figure => (figure.Metric, figure.Estimate)));
        Write(text, table);
    }

    private static void Periods(StringBuilder text, ScenarioOutcome scenario)
    {
        var outcome = scenario.Outcome;
        var table = new TextTable(
        [
            "period", .. ByPeriod.Select(Shown.Heading),
            .. outcome.Groups.SelectMany(group => new[] { $"{group.Name}, agents", $"{group.Name}, occupancy, %" }),
        ]);
        for (var period = 0; period < outcome.PeriodCount; period++)
        {
            var at = period;
            table.Add(
            [
                scenario.Periods[at], .. ByPeriod.Select(metric => Shown.Both(metric, outcome.Total.In(at, metric))),
                .. outcome.Groups.SelectMany(group => new[]
                {
                    Shown.Value(Metrics.Staffed, group.In(at, Metrics.Staffed).Mean),
                    Shown.Both(Metrics.Occupancy, group.In(at, Metrics.Occupancy)),
                }),
            ]);
        }
        Write(text, table);
    }

    private static void Notes(StringBuilder text, SimulationReport report)
    {
        if (report.Replications == 1) Line(text, $"One replication has no intervals: it does not show how much days differ. Give --replications 2 or more.");
        foreach (var note in report.Notes) Line(text, $"{note}");
        Line(text, $"Contacts count in the period in which they arrived. Service level: served within the type's target, of all that arrived.");
        Line(text, $"Again: {report.Command}");
        Line(text, $"{report.WallSeconds:N1} s.");
    }

    internal static void Write(StringBuilder text, TextTable table)
    {
        table.Write(text);
        text.Append('\n');
    }

    internal static string Counted(int replications) => replications == 1 ? "1 replication" : $"{replications} replications";

    internal static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
