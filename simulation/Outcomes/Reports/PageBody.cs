using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>What stands on the page: facts, the most important figures, places for charts, tables, how to get it again.</summary>
internal static class PageBody
{
    private static readonly (string Id, string Title, string Unit)[] Charts =
    [
        ("contacts", "Contacts", "per period and replication"),
        ("level", "Service level", "share of arrivals served within the target"),
        ("wait", "Mean wait of those served", "seconds"),
        ("queue", "Queue length", "mean number of contacts waiting"),
        ("agents", "Agents at work", "mean number, by group"),
        ("occupancy", "Occupancy", "share of agent time in use, by group"),
    ];

    private static readonly Metric[] Tiles = [Metrics.ServiceLevel, Metrics.MeanWait, Metrics.AbandonedShare, Metrics.Arrived];

    public static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    public static string Html(SimulationReport report)
    {
        var html = new StringBuilder();
        Head(html, report);
        TilesOf(html, report);
        ChartsOf(html, report);
        if (report.Staffing is { } staffing) PageTables.Staffing(html, report.First, staffing);
        if (report is { Other: { } other, Comparison: { } comparison }) PageTables.Comparison(html, report.First, other, comparison);
        PageTables.Outcome(html, report.First, report.Other is null ? "" : $": {report.First.Name}");
        if (report.Other is { } second) PageTables.Outcome(html, second, $": {second.Name}");
        Foot(html, report);
        return html.ToString();
    }

    private static void Head(StringBuilder html, SimulationReport report)
    {
        Line(html, $"<h1>{Encoded(report.First.Name)}{(report.Other is { } other ? $" <small>beside</small> {Encoded(other.Name)}" : "")}</h1>");
        var intervals = report.Replications == 1 ? "no intervals: one replication does not show how much days differ" : "mean ± half of the 95 % interval";
        var sides = report.Other is null ? "" : ", the same random numbers for both; the first is drawn solid, the other dashed";
        Line(html, $"<p class=\"facts\">{OutcomeReport.Counted(report.Replications)}, seed {report.Seed}; {intervals}{sides}.</p>");
    }

    private static void TilesOf(StringBuilder html, SimulationReport report)
    {
        Line(html, $"<div class=\"tiles\">");
        foreach (var metric in Tiles) Tile(html, Heading(metric), metric, report.First.Outcome.Total[metric], report.Other?.Outcome.Total[metric]);
        foreach (var group in report.First.Outcome.Groups.Take(4))
            Tile(html, $"occupancy, {group.Name}", Metrics.Occupancy, group[Metrics.Occupancy], report.Other?.Outcome.Groups.FirstOrDefault(other => other.Name == group.Name)?[Metrics.Occupancy]);
        Line(html, $"</div>");
    }

    private static void Tile(StringBuilder html, string title, Metric metric, Estimate first, Estimate? other)
    {
        var unit = metric.Unit switch { Unit.Seconds => " s", Unit.Share => " %", _ => "" };
        Line(html, $"<div class=\"tile\"><span>{Encoded(title)}</span>{Side(first, other is null ? "" : "first")}{(other is { } second ? Side(second, "other") : "")}</div>");

        string Side(Estimate estimate, string side) =>
            $"<b{(side.Length > 0 ? $" class=\"{side}\"" : "")}>{Shown.Value(metric, estimate.Mean)}{unit} <small>± {Shown.Value(metric, estimate.HalfWidth)}</small></b>";
    }

    // Without the unit, which stands behind the value.
    private static string Heading(Metric metric) => metric.Title;

    private static void ChartsOf(StringBuilder html, SimulationReport report)
    {
        Line(html, $"<h2>By period of arrival</h2>");
        Line(html, $"<p class=\"pick\"><label for=\"subject\">Contacts:</label> <select id=\"subject\"><option value=\"\">all types</option>");
        foreach (var type in report.First.Outcome.Types) Line(html, $"<option value=\"{Encoded(type.Name)}\">{Encoded(type.Name)}</option>");
        Line(html, $"</select></p>");
        if (report.Other is not null && !PageData.Comparable(report)) Line(html, $"<p>The scenarios have different periods: the first one's are drawn.</p>");
        Line(html, $"<noscript><p>The charts need JavaScript; every figure is in the tables below.</p></noscript>");
        Line(html, $"<div class=\"charts\">");
        foreach (var (id, title, unit) in Charts)
            Line(html, $"<figure><figcaption>{title} <small>{unit}</small></figcaption><div id=\"{id}\" role=\"img\" aria-label=\"{title} by period; the figures are in the table by period\"></div></figure>");
        Line(html, $"</div>");
    }

    private static void Foot(StringBuilder html, SimulationReport report)
    {
        Line(html, $"<h2>What is what</h2>");
        Line(html, $"<p>Contacts count in the period in which they arrived. Service level: served within the type's target, of all that arrived, those turned away included.");
        Line(html, $"Each figure is the sum over all replications divided by what it is of; intervals are Student's t. Bands in the charts are those intervals, period by period.</p>");
        foreach (var note in report.Notes) Line(html, $"<p>{Encoded(note)}</p>");
        Line(html, $"<h2>Again</h2>");
        Line(html, $"<pre>{Encoded(report.Command)}</pre>");
    }

    internal static void Line(StringBuilder html, FormattableString line) => html.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
