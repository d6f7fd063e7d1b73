using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>The report as one HTML page that needs no network: figures as tables, periods as charts.</summary>
public static class OutcomePage
{
    /// <summary>The whole document. Its charts are drawn by uPlot, which is in it.</summary>
    public static string Html(SimulationReport report)
    {
        var page = Asset("page.html");
        // In one pass: nothing that is put in is looked at again, whatever a scenario is called.
        var parts = new Dictionary<string, Func<string>>
        {
            ["title"] = () => PageBody.Encoded(report.Other is { } other ? $"{report.First.Name} beside {other.Name}" : report.First.Name),
            ["uplot-css"] = () => Asset("uPlot.min.css"),
            ["css"] = () => Asset("page.css"),
            ["body"] = () => PageBody.Html(report),
            ["uplot-license"] = () => PageBody.Encoded(Asset("uPlot.LICENSE")),
            ["data"] = () => PageData.Json(report),
            ["uplot-js"] = () => Asset("uPlot.iife.min.js"),
            ["js"] = () => Asset("page.js"),
        };
        var html = new StringBuilder();
        var rest = page.AsSpan();
        while (rest.IndexOf("{{") is >= 0 and var open)
        {
            var close = rest.IndexOf("}}");
            html.Append(rest[..open]).Append(parts[rest[(open + 2)..close].ToString()]());
            rest = rest[(close + 2)..];
        }
        return html.Append(rest).ToString();
    }

    private static string Asset(string name)
    {
        using var stream = typeof(OutcomePage).Assembly.GetManifestResourceStream($"Outcomes.{name}") ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
