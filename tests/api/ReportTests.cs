using System.Globalization;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>Reports over HTTP: the worked examples of docs/REPORTS.md, who may read them, and what is refused.</summary>
public sealed class ReportTests(LiveTests.StillServer server) : IClassFixture<LiveTests.StillServer>
{
    private string Today => server.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_case_is_in_the_queues_and_the_agents_report_at_once_and_both_agree_with_the_wallboard()
    {
        LiveTests.StillServer.SkipWithoutStillClock();
        var center = await Center.Open(server, "report");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        var offer = await ana.Offered(caseId);
        Pass(12);
        (await ana.Accept(caseId, offer)).Expect(200);
        Pass(48);
        (await ana.Act(caseId, "reply", new JsonObject { ["text"] = "Hello!" })).Expect(200);
        Pass(72);
        (await ana.Act(caseId, "close", new JsonObject { ["rating"] = "positive" })).Expect(200);
        await center.Write("eva");

        var queue = Row(await Read(center, $"/reports/queues?from={Today}&interval=1d&zone=UTC"), "queue", "care");
        Assert.Equal((2, 1, 1, 0, 1, 1), (Number(queue, "arrived"), Number(queue, "assigned"), Number(queue, "answered"), Number(queue, "abandoned"), Number(queue, "closed"), Number(queue, "handled")));
        Assert.Equal((12, 120, 1, 12), (Number(queue, "tmeSeconds"), Number(queue, "tmoSeconds"), Number(queue, "serviceLevel"), Number(queue, "longestWaitSeconds")));

        var agent = Row(await Read(center, $"/reports/agents?from={Today}&zone=UTC"), "agent", "ana");
        Assert.Equal((2, 1, 1, 0, 1, 1), (Number(agent, "offers"), Number(agent, "accepted"), Number(agent, "open"), Number(agent, "declined"), Number(agent, "handled"), Number(agent, "closed")));
        Assert.Equal((120, 132, 132), (Number(agent, "tmoSeconds"), Number(agent, "signedInSeconds"), agent["activities"]!["available"]!.GetValue<double>()));
        Assert.Equal(132, (Time(agent, "lastActivityAt") - Time(agent, "firstActivityAt")).TotalSeconds);

        Pass(2);
        var wall = (await server.Get(center.Root + "/wallboard", center.Supervisor)).Expect(200).Body!["queues"]!.AsArray().Single(one => one.Text("queue") == "care")!;
        foreach (var name in new[] { "arrived", "assigned", "answered", "closed", "abandoned", "tmeSeconds", "tmoSeconds", "serviceLevel" })
            Assert.Equal(Number(queue, name), Number(wall, name));
    }

    [Fact]
    public async Task Intervals_without_traffic_and_agents_without_work_have_rows_of_zeros()
    {
        var center = await Center.Open(server, "quiet");
        var quarters = (await Read(center, "/reports/queues?from=2026-03-29&to=2026-03-29&interval=15m&zone=Europe/Madrid&queue=care"))["items"]!.AsArray();
        Assert.Equal(92, quarters.Count);
        Assert.All(quarters, row => Assert.Equal((0, 0, 1), (Number(row!, "arrived"), Number(row!, "tmeSeconds"), Number(row!, "serviceLevel"))));
        Assert.Equal(("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), (quarters[0].Text("start"), quarters[^1].Text("end")));
        var days = (await Read(center, "/reports/agents?from=2026-03-01&to=2026-03-03&zone=UTC"))["items"]!.AsArray();
        Assert.Equal(["2026-03-01 ana", "2026-03-01 ben", "2026-03-01 carla"], days.Take(3).Select(row => $"{row.Text("date")} {row.Text("agent")}"));
        Assert.Equal(9, days.Count);
        Assert.All(days, row => Assert.Equal((0, 0, false), (Number(row!, "offers"), Number(row!, "signedInSeconds"), row!.AsObject().ContainsKey("firstActivityAt"))));
    }

    [Fact]
    public async Task Without_a_zone_the_calendars_say_whose_clock_it_is()
    {
        var center = await Center.Open(server, "zones", configuration =>
        {
            configuration["calendars"] = JsonNode.Parse("""[{ "name": "here", "timeZone": "Europe/Madrid" }, { "name": "there", "timeZone": "America/Bogota" }]""");
            configuration["queues"]![0]!["calendar"] = "there";
        });
        Assert.Equal("UTC", (await Read(center, $"/reports/queues?from={Today}")).Text("zone"));
        Assert.Equal("America/Bogota", (await Read(center, $"/reports/queues?from={Today}&queue=care")).Text("zone"));
        Assert.Equal("Asia/Kathmandu", (await Read(center, $"/reports/queues?from={Today}&zone=Asia/Kathmandu")).Text("zone"));
        var one = await Center.Open(server, "one-zone", configuration => configuration["calendars"] = JsonNode.Parse("""[{ "name": "here", "timeZone": "Europe/Madrid" }]"""));
        Assert.Equal("Europe/Madrid", (await Read(one, "/reports/agents")).Text("zone"));
    }

    [Fact]
    public async Task A_table_has_the_same_figures()
    {
        LiveTests.StillServer.SkipWithoutStillClock();
        var center = await Center.Open(server, "table");
        await using var ana = await center.SignIn("ana", "break");
        await center.Write("joe");
        Pass(30);
        var queues = await server.Get($"{center.Root}/reports/queues?from={Today}&interval=1d&zone=UTC&format=csv", center.Supervisor);
        Assert.Equal("text/csv", queues.Expect(200).Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", queues.Message.Content.Headers.ContentDisposition!.DispositionType);
        var lines = queues.Text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("zone,queue,date,start,end,arrived,", lines[0], StringComparison.Ordinal);
        Assert.Equal($"UTC,care,{Today},{Today}T00:00:00Z", string.Join(',', lines[2].Split(',')[..4]));
        Assert.Equal("1", lines[2].Split(',')[5]);
        var agents = await server.Get($"{center.Root}/reports/agents?from={Today}&zone=UTC&format=csv&agent=ana", center.Supervisor);
        var rows = agents.Expect(200).Text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.EndsWith("activities.break", rows[0], StringComparison.Ordinal);
        Assert.Equal((2, rows[0].Split(',').Length), (rows.Length, rows[1].Split(',').Length));
        var json = Row(await Read(center, $"/reports/agents?from={Today}&zone=UTC"), "agent", "ana");
        Assert.Equal(Number(json, "signedInSeconds").ToString(CultureInfo.InvariantCulture), rows[1].Split(',')[^1]);
    }

    [Fact]
    public async Task An_agents_key_reads_that_agents_days_and_no_queues()
    {
        var center = await Center.Open(server, "own-days");
        var ana = await center.AgentKey("ana");
        var own = (await server.Get($"{center.Root}/reports/agents?from={Today}", ana)).Expect(200).Body!["items"]!.AsArray();
        Assert.Equal("ana", Assert.Single(own).Text("agent"));
        (await server.Get($"{center.Root}/reports/agents?from={Today}&agent=ana", ana)).Expect(200);
        (await server.Get($"{center.Root}/reports/agents?from={Today}&agent=ben", ana)).ExpectProblem(403, "forbidden");
        (await server.Get($"{center.Root}/reports/queues?from={Today}", ana)).ExpectProblem(403, "forbidden");
        (await server.Get($"{center.Root}/reports/agents?from={Today}", center.Integrator)).ExpectProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("queues?from=yesterday", "from", "notADate")]
    [InlineData("queues?from=2026-02-30", "from", "notADate")]
    [InlineData("queues?from=2026-03-02&to=2026-03", "to", "notADate")]
    [InlineData("agents?from=1899-12-31", "from", "outOfRange")]
    [InlineData("agents?from=9999-12-31", "from", "outOfRange")]
    [InlineData("queues?from=2026-03-02&to=2026-03-01", "to", "outOfRange")]
    [InlineData("queues?from=2026-03-01&to=2026-04-01&interval=15m", "to", "outOfRange")]
    [InlineData("queues?from=2026-01-01&to=2027-01-02&interval=1d", "to", "outOfRange")]
    [InlineData("agents?from=2026-01-01&to=2027-01-02", "to", "outOfRange")]
    [InlineData("queues?from=2026-03-01&interval=10m", "interval", "unexpected")]
    [InlineData("queues?from=2026-03-01&zone=Madrid", "zone", "unknownTimeZone")]
    [InlineData("queues?from=2026-03-01&zone=Europe/Atlantis", "zone", "unknownTimeZone")]
    [InlineData("agents?from=2026-03-01&format=xml", "format", "unexpected")]
    [InlineData("agents?agent=", "agent", "empty")]
    public async Task What_is_wrong_is_said_with_its_field_and_its_reason(string question, string field, string code)
    {
        var center = await Center.Open(server, "wrong-reports");
        var answer = (await server.Get($"{center.Root}/reports/{question}", center.Supervisor)).ExpectProblem(422, "invalid-value");
        Assert.Equal((field, code), (answer.Body!.Text("field"), answer.Body!["errors"]![0].Text("code")));
    }

    [Fact]
    public async Task The_longest_ranges_are_answered()
    {
        var center = await Center.Open(server, "long-reports");
        Assert.Equal(31 * 96, (await Read(center, "/reports/queues?from=2026-05-01&to=2026-05-31&interval=15m&zone=UTC&queue=care"))["items"]!.AsArray().Count);
        Assert.Equal(366, (await Read(center, "/reports/agents?from=2028-01-01&to=2028-12-31&agent=ana"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_workspace_a_queue_or_an_agent_that_does_not_exist()
    {
        var center = await Center.Open(server, "strangers");
        (await server.Get("/v1/workspaces/nowhere/reports/queues", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Get("/v1/workspaces/nowhere/reports/agents", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Get(center.Root + "/reports/agents?agent=nobody", center.Supervisor)).ExpectProblem(404, "agent-unknown");
        (await server.Get(center.Root + "/reports/queues?queue=nothing", center.Supervisor)).ExpectProblem(422, "queue-unknown");
    }

    private void Pass(int seconds) => server.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private async Task<JsonNode> Read(Center center, string path) => (await server.Get(center.Root + path, center.Supervisor)).Expect(200).Body!;

    private static JsonNode Row(JsonNode report, string field, string name) => report["items"]!.AsArray().Single(row => row.Text(field) == name)!;

    private static double Number(JsonNode row, string name) => row[name]!.GetValue<double>();

    private static DateTimeOffset Time(JsonNode row, string name) => DateTimeOffset.Parse(row.Text(name), CultureInfo.InvariantCulture);
}
