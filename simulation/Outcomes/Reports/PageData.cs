using System.Text.Json;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>What the page's charts are drawn from. The default encoder writes no <c>&lt;</c>, so that no name can end the script element.</summary>
internal static class PageData
{
    public static string Json(SimulationReport report) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["periods"] = report.First.Periods,
        ["target"] = report.Staffing?.Target.Share,
        ["first"] = Side(report.First.Outcome),
        ["other"] = Comparable(report) ? Side(report.Other!.Outcome) : null,
    });

    /// <summary>Whether both sides can be drawn over the same periods.</summary>
    public static bool Comparable(SimulationReport report) => report.Other?.Periods.SequenceEqual(report.First.Periods) ?? false;

    private static object Side(Outcome outcome) => new Dictionary<string, object>
    {
        // The total first: it is what the page shows first.
        ["contacts"] = outcome.Types.Prepend(outcome.Total).Select(Drawn).ToArray(),
        ["groups"] = outcome.Groups.Select(Drawn).ToArray(),
    };

    private static object Drawn(Subject subject, int at) => new Dictionary<string, object>
    {
        ["name"] = subject.Kind == SubjectKind.Total ? "" : subject.Name,
        ["metrics"] = subject.Whole.Select(figure => figure.Metric).ToDictionary(
            metric => metric.Field,
            metric => Enumerable.Range(0, subject.Periods.Length).Select(period => Point(subject.In(period, metric))).ToArray()),
    };

    private static double?[] Point(Estimate estimate) => [Rounded(estimate.Mean), Rounded(estimate.Low), Rounded(estimate.High)];

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 5) : null;
}
