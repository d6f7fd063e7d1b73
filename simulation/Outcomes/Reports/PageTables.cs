using System.Globalization;
using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>The tables of the page.</summary>
internal static class PageTables
{
    public static void Outcome(StringBuilder html, ScenarioOutcome scenario, string of)
    {
        var outcome = scenario.Outcome;
        Title(html, $"Contact types{of}");
        Open(html, ["type", .. outcome.Total.Whole.Select(figure => Shown.Heading(figure.Metric))]);
        foreach (var subject in outcome.Types.Append(outcome.Total)) Row(html, subject.Name, subject.Whole.Select(Cell), subject.Kind == SubjectKind.Total ? "total" : null);
        Close(html);
        if (!outcome.Groups.IsEmpty) Groups(html, outcome, of);
        Title(html, $"All types by period{of}");
        Open(html, ["period", .. outcome.Total.Whole.Select(figure => Shown.Heading(figure.Metric)), .. outcome.Groups.SelectMany(GroupHeadings)]);
        for (var period = 0; period < outcome.PeriodCount; period++)
        {
            var at = period;
            Row(html, scenario.Periods[at], outcome.Total.Periods[at].Concat(outcome.Groups.SelectMany(group => group.Periods[at])).Select(Cell));
        }
        Close(html);
    }

    public static void Staffing(StringBuilder html, ScenarioOutcome scenario, StaffingReport staffing)
    {
        Title(html, $"The smallest staffing found for {staffing.Target} in every period");
        Open(html, ["period", .. scenario.Outcome.Groups.Select(group => $"{group.Name}, agents"), Shown.Heading(Metrics.ServiceLevel)]);
        for (var period = 0; period < scenario.Periods.Length; period++)
        {
            var at = period;
            var agents = staffing.Groups.Select(group => group[at].ToString(CultureInfo.InvariantCulture));
            Row(html, scenario.Periods[at], agents.Append(Both(Metrics.ServiceLevel, scenario.Outcome.Total.In(at, Metrics.ServiceLevel))));
        }
        Close(html);
    }

    public static void Comparison(StringBuilder html, ScenarioOutcome first, ScenarioOutcome other, Comparison comparison)
    {
        Title(html, "Which differences are real");
        foreach (var line in ComparisonText.Words(first.Name, other.Name, comparison)) PageBody.Line(html, $"<p>{PageBody.Encoded(line)}</p>");
        Open(html, ["", "", first.Name, other.Name, "difference", ""]);
        foreach (var figure in comparison.Figures)
        {
            var verdict = figure.Verdict == Verdict.Real ? " real" : "";
            PageBody.Line(html, $"<tr><td>{PageBody.Encoded(ComparisonText.Name(figure.First))}</td><td class=\"words\">{PageBody.Encoded(Shown.Heading(figure.Metric))}</td><td>{Cell(figure.FirstFigure)}</td><td>{Cell(figure.OtherFigure)}</td><td>{Encoded(ComparisonText.Change(figure))}</td><td class=\"words{verdict}\">{ComparisonText.Word(figure.Verdict)}</td></tr>");
        }
        Close(html);
    }

    private static void Groups(StringBuilder html, Outcome outcome, string of)
    {
        Title(html, $"Groups of agents{of}");
        Open(html, ["group", .. outcome.Groups[0].Whole.Select(figure => Shown.Heading(figure.Metric))]);
        foreach (var group in outcome.Groups) Row(html, group.Name, group.Whole.Select(Cell));
        Close(html);
    }

    private static IEnumerable<string> GroupHeadings(Subject group) => group.Whole.Select(figure => $"{group.Name}: {Shown.Heading(figure.Metric)}");

    private static string Cell(Figure figure) => Both(figure.Metric, figure.Estimate);

    private static string Both(Metric metric, Estimate estimate) =>
        $"{Encoded(Shown.Value(metric, estimate.Mean))} <small>± {Encoded(Shown.Value(metric, estimate.HalfWidth))}</small>";

    private static string Encoded(string text) => PageBody.Encoded(text);

    private static void Title(StringBuilder html, string title) => PageBody.Line(html, $"<h2>{Encoded(title)}</h2>");

    private static void Open(StringBuilder html, IEnumerable<string> headings) =>
        PageBody.Line(html, $"<div class=\"wide\"><table class=\"figures\"><thead><tr>{string.Concat(headings.Select(heading => $"<th>{Encoded(heading)}</th>"))}</tr></thead><tbody>");

    private static void Row(StringBuilder html, string name, IEnumerable<string> cells, string? kind = null) =>
        PageBody.Line(html, $"<tr{(kind is null ? "" : $" class=\"{kind}\"")}><td>{Encoded(name)}</td>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>");

    private static void Close(StringBuilder html) => PageBody.Line(html, $"</tbody></table></div>");
}
