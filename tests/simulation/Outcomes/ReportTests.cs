using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using CsvHelper;
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Reports;

namespace RoutingGrid.Simulation.Tests.Outcomes;

public sealed class ReportTests
{
    private const string Types =
        """
        type       arrived      served   abandoned  share abandoned, %  wait of served, s  wait of all, s  service level, %        queue
        calls   32.0 ± 2.5  16.0 ± 0.0  16.0 ± 2.5          50.0 ± 3.9         10.0 ± 0.0      10.0 ± 0.0        50.0 ± 3.9  0.09 ± 0.01
        emails  10.0 ± 0.0  10.0 ± 0.0   0.0 ± 0.0           0.0 ± 0.0          5.0 ± 0.0       5.0 ± 0.0       100.0 ± 0.0  0.03 ± 0.00
        total   42.0 ± 2.5  26.0 ± 0.0  16.0 ± 2.5          38.1 ± 3.7          8.1 ± 0.0       8.8 ± 0.1        61.9 ± 3.7  0.10 ± 0.01
        """;

    private static readonly SimulationReport Alone = MadeUp.Report(MadeUp.Days(3));
    private static readonly SimulationReport Beside = MadeUp.Report(MadeUp.Days(10), MadeUp.Days(10, served: 9, wait: 30));

    [Fact]
    public void The_text_is_aligned_and_has_a_row_per_type_and_the_total()
    {
        var lines = OutcomeReport.Text(Alone).Split('\n');
        Assert.Equal("Morning", lines[0]);
        Assert.Equal("3 replications, seed 7; mean ± half of the 95 % interval, contacts per replication", lines[1]);
        Assert.Equal(Types.Split('\n'), lines[3..7]);
        Assert.Contains(lines, line => line.StartsWith("08:30 ", StringComparison.Ordinal));
        Assert.Contains("Again: dotnet run -c Release --project silo -- simulate morning.json --seed 7", lines);
    }

    [Fact]
    public void Who_was_turned_away_has_a_column_when_there_is_somebody()
    {
        var day = MadeUp.Day(1);
        var full = day with { Types = [day.Types[0] with { Periods = [MadeUp.Counts(10, 5, 10) with { Abandoned = 0, Blocked = 5 }, default] }] };
        Assert.Contains("  blocked  ", OutcomeReport.Text(MadeUp.Report(Outcome.Of([full]))), StringComparison.Ordinal);
        Assert.DoesNotContain("blocked", OutcomeReport.Text(Alone), StringComparison.Ordinal);
    }

    [Fact]
    public void One_replication_has_dashes_for_intervals_and_says_so()
    {
        var text = OutcomeReport.Text(MadeUp.Report(MadeUp.Days(1)));
        Assert.Contains("calls   31.0 ± –", text, StringComparison.Ordinal);
        Assert.Contains("One replication has no intervals", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_JSON_has_every_field_by_its_name()
    {
        var line = OutcomeJson.Line(Alone);
        Assert.DoesNotContain('\n', line);
        var root = JsonDocument.Parse(line).RootElement;
        Assert.Equal(["types", "total", "groups", "replications", "seed", "wallSeconds", "scenario"], root.EnumerateObject().Select(field => field.Name));
        var calls = root.GetProperty("types")[0];
        Assert.Equal("calls", calls.GetProperty("name").GetString());
        Assert.Equal(32, calls.GetProperty("arrived").GetDouble());
        Assert.Equal(0.5, calls.GetProperty("serviceLevel").GetDouble());
        Assert.Equal([32 - 2.484138, 32 + 2.484138], calls.GetProperty("ci").GetProperty("arrived").EnumerateArray().Select(end => end.GetDouble()));
        string[] metrics =
        [
            "arrived", "served", "abandoned", "blocked", "remaining", "abandonedShare", "meanWaitSeconds", "meanWaitAllSeconds", "serviceLevel", "meanQueueLength",
        ];
        Assert.Equal(metrics, root.GetProperty("total").GetProperty("ci").EnumerateObject().Select(field => field.Name));
        Assert.Equal([.. metrics, "ci"], root.GetProperty("total").EnumerateObject().Select(field => field.Name));
        Assert.Equal(["name", "occupancy", "meanAgents", "ci"], root.GetProperty("groups")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(3, root.GetProperty("replications").GetInt32());
        Assert.Equal(7ul, root.GetProperty("seed").GetUInt64());
        Assert.Equal(1.25, root.GetProperty("wallSeconds").GetDouble());
    }

    [Fact]
    public void With_one_replication_intervals_are_null() =>
        Assert.All(
            JsonDocument.Parse(OutcomeJson.Line(MadeUp.Report(MadeUp.Days(1)))).RootElement.GetProperty("total").GetProperty("ci").EnumerateObject(),
            field => Assert.Equal(JsonValueKind.Null, field.Value.ValueKind));

    [Fact]
    public void Compared_the_JSON_has_the_other_side_and_the_differences()
    {
        var root = JsonDocument.Parse(OutcomeJson.Line(Beside)).RootElement;
        Assert.Equal("Variant", root.GetProperty("other").GetProperty("scenario").GetString());
        Assert.Equal(18, root.GetProperty("other").GetProperty("types")[0].GetProperty("served").GetDouble());
        var calls = root.GetProperty("differences").GetProperty("types")[0];
        Assert.Equal(2, calls.GetProperty("served").GetDouble());
        Assert.Equal([2, 2], calls.GetProperty("ci").GetProperty("served").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal("real", calls.GetProperty("verdict").GetProperty("served").GetString());
        Assert.Equal("same", calls.GetProperty("verdict").GetProperty("arrived").GetString());
    }

    [Fact]
    public void Every_figure_is_a_row_of_the_CSV()
    {
        // A name that needs quoting must come back as it was.
        var report = Beside with { First = Beside.First with { Name = "\"Rush\", then\ncalm" } };
        var rows = Rows(report);
        var calls = rows.Single(row => row is { Side: "first", Name: "calls", Period: "", Metric: "serviceLevel" });
        Assert.Equal("\"Rush\", then\ncalm", calls.Scenario);
        Assert.Equal(report.First.Outcome.Types[0][Metrics.ServiceLevel].Mean!.Value, double.Parse(calls.Mean, CultureInfo.InvariantCulture), 6);
        Assert.Single(rows, row => row is { Side: "other", Name: "front", Period: "2", Metric: "occupancy" });
        Assert.Single(rows, row => row is { Side: "difference", Kind: "total", Metric: "meanWaitSeconds", Verdict: "real" });
        // Two types, the total and a group, for the whole and two periods, on two sides, and 32 differences.
        Assert.Equal((((3 * 10) + 2) * 3 * 2) + 32, rows.Count);
    }

    [Fact]
    public void The_page_is_well_formed_and_has_the_figures()
    {
        var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(OutcomePage.Html(Beside));
        Assert.Equal("Morning beside Variant", page.Title);
        var cells = page.QuerySelectorAll("td").Select(cell => cell.TextContent).ToList();
        Assert.Contains("35.5 ± 2.2", cells);
        Assert.Contains("+20.0 ± 0.0", cells);
        Assert.Contains(Beside.Command, page.QuerySelectorAll("pre").Select(text => text.TextContent));
        var data = JsonDocument.Parse(page.GetElementById("data")!.TextContent).RootElement;
        Assert.Equal(2, data.GetProperty("periods").GetArrayLength());
        Assert.Equal(10 + 5.5, data.GetProperty("first").GetProperty("contacts")[1].GetProperty("metrics").GetProperty("arrived")[0][0].GetDouble());
        foreach (var id in new[] { "contacts", "level", "wait", "queue", "agents", "occupancy" }) Assert.NotNull(page.GetElementById(id));
    }

    [Fact]
    public void The_page_needs_no_network()
    {
        var html = OutcomePage.Html(Beside);
        var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("[src], [href], link, iframe, object, embed, form"));
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        // A browser is told to fetch nothing, should anything be missed here.
        Assert.StartsWith("default-src 'none'", page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_gets_out_of_its_place_on_the_page()
    {
        var named = "</script><b id=\"evil\">{{js}}";
        var day = MadeUp.Day(1);
        var report = MadeUp.Report(Outcome.Of([day with { Types = [day.Types[0] with { Name = named }] }]), name: named);
        var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(OutcomePage.Html(report));
        Assert.Null(page.GetElementById("evil"));
        Assert.Equal(named, page.Title);
        Assert.Contains(named, page.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    private sealed record Row(string Side, string Scenario, string Kind, string Name, string Period, string Metric, string Mean, string Verdict);

    private static List<Row> Rows(SimulationReport report)
    {
        using var written = new StringWriter();
        OutcomeCsv.Write(written, report);
        using var csv = CsvReader.Create(new StringReader(written.ToString()), new CsvReaderOptions { HasHeader = true });
        string[] names = [.. csv.Headers.ToArray()];
        List<Row> rows = [];
        while (csv.Read())
        {
            var cells = names.Zip(csv.Current.ToArray()).ToDictionary(cell => cell.First, cell => cell.Second);
            rows.Add(new Row(cells["side"], cells["scenario"], cells["kind"], cells["name"], cells["period"], cells["metric"], cells["mean"], cells["verdict"]));
        }
        return rows;
    }
}
