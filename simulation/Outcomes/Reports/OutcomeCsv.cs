using System.Globalization;
using CsvHelper;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>
/// Every figure as a row: the whole run and each period, of both scenarios where two are compared, and their differences. Means are per
/// replication, waits in seconds, shares from 0 to 1; a cell without a value is empty.
/// </summary>
public static class OutcomeCsv
{
    private static readonly string[] Heading =
    [
        "side", "scenario", "kind", "name", "period", "period_start", "metric", "unit", "mean", "low", "high", "verdict", "replications", "seed",
    ];

    public static void Write(TextWriter to, SimulationReport report)
    {
        using var csv = CsvWriter.Create(to, new CsvWriterOptions(), leaveOpen: true);
        Row(csv, Heading);
        Outcome(csv, report, "first", report.First);
        if (report.Other is { } other) Outcome(csv, report, "other", other);
        if (report.Comparison is { } comparison) Differences(csv, report, comparison);
    }

    private static void Outcome(CsvWriter csv, SimulationReport report, string side, ScenarioOutcome scenario)
    {
        foreach (var subject in scenario.Outcome.Subjects)
        {
            Figures(csv, report, side, scenario, subject, null, subject.Whole);
            for (var period = 0; period < subject.Periods.Length; period++) Figures(csv, report, side, scenario, subject, period, subject.Periods[period]);
        }
    }

    private static void Figures(CsvWriter csv, SimulationReport report, string side, ScenarioOutcome scenario, Subject subject, int? period, IEnumerable<Figure> figures)
    {
        foreach (var (metric, estimate) in figures.Select(figure => (figure.Metric, figure.Estimate)))
            Row(csv,
                side, scenario.Name, Kind(subject), subject.Name, Number(period + 1), period is { } at ? scenario.Periods[at] : "",
                metric.Field, UnitName(metric), Number(estimate.Mean), Number(estimate.Low), Number(estimate.High), "",
                Number(report.Replications), report.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static void Differences(CsvWriter csv, SimulationReport report, Comparison comparison)
    {
        foreach (var figure in comparison.Figures)
            Row(csv,
                "difference", $"{report.Other!.Name} less {report.First.Name}", Kind(figure.First), figure.First.Name, "", "",
                figure.Metric.Field, UnitName(figure.Metric), Number(figure.Difference.Mean), Number(figure.Difference.Low), Number(figure.Difference.High),
                Verdicts.Field(figure.Verdict), Number(report.Replications), report.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static void Row(CsvWriter csv, params string[] cells) => csv.WriteRecord(cells);

    private static string Kind(Subject subject) => subject.Kind switch { SubjectKind.Type => "type", SubjectKind.Group => "group", _ => "total" };

    private static string UnitName(Metric metric) => metric.Unit switch
    {
        Unit.Seconds => "seconds",
        Unit.Share => "share",
        Unit.Agents => "agents",
        _ => "contacts",
    };

    private static string Number(double? value) => value is { } known ? Math.Round(known, 6).ToString(CultureInfo.InvariantCulture) : "";
}
