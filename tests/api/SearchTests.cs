using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>Cases are found by what is known of them, and exported, over HTTP.</summary>
public sealed class SearchTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_was_acknowledged_is_found_at_once_by_text_without_case_and_accents()
    {
        var center = await Center.Open(server, "search-text");
        var billing = await center.Write("joe", "Tengo un problema con la facturación de marzo");
        var shouting = await center.Write("eva", "LA FACTURACION ESTÁ MAL");
        await center.Write("tom", "Where is my parcel?");
        Assert.Equal([shouting, billing], await Found(center, "text=facturacion"));
        Assert.Equal([shouting, billing], await Found(center, "text=FACTURACI%C3%93N"));
        Assert.Equal([billing], await Found(center, "text=factur*%20marzo"));
        Assert.Equal([shouting], await Found(center, "text=facturacion%20-marzo"));
        Assert.Equal([billing], await Found(center, "text=%22facturaci%C3%B3n%20de%20marzo%22"));
        Assert.Empty(await Found(center, "text=%22marzo%20facturacion%22"));
    }

    [Fact]
    public async Task A_search_for_text_shows_where_it_stands()
    {
        var center = await Center.Open(server, "search-snippet");
        await center.Write("joe", "Hola, la FACTURACIÓN de marzo");
        var snippet = (await center.Server.Get($"{center.Root}/cases/search?text=facturacion", center.Supervisor)).Expect(200).Body!["items"]![0]!["snippet"]!;
        var mark = snippet["marks"]![0]!;
        Assert.Equal("FACTURACIÓN", snippet.Text("text").Substring(mark["start"]!.GetValue<int>(), mark["length"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Each_case_of_a_page_shows_its_own_text()
    {
        var center = await Center.Open(server, "search-snippets");
        string[] colours = ["red", "blue", "green", "white", "black", "brown", "pink", "grey", "gold"];
        var cases = new Dictionary<string, string>();
        foreach (var colour in colours) cases[await center.Write(colour, $"My {colour} parcel is lost")] = $"My {colour} parcel is lost";
        var items = (await center.Server.Get($"{center.Root}/cases/search?text=parcel", center.Supervisor)).Expect(200).Body!["items"]!.AsArray();
        Assert.Equal(cases.Reverse(), items.Select(item => new KeyValuePair<string, string>(item!["id"]!.GetValue<string>(), item["snippet"]!.Text("text"))));
    }

    [Fact]
    public async Task Every_filter_has_its_say_and_all_must_hold()
    {
        var center = await Center.Open(server, "search-filters");
        await using var ana = await center.SignIn("ana");
        var answered = await center.Write("joe", "First");
        await ana.Take(answered);
        (await ana.Act(answered, "reply", new JsonObject { ["account"] = "@brand", ["text"] = "Una respuesta" })).Expect(200);
        (await ana.Act(answered, "close", new JsonObject { ["rating"] = "positive", ["reason"] = "solved" })).Expect(200);
        var message = Center.Message("numbered", "José_García", "Second");
        (message["authorName"], message["attributes"]) = ("José García", new JsonObject { ["customerNumber"] = "4711" });
        var waiting = (await center.Server.Post(center.Root + "/messages", center.Integrator, message)).Body.Text("caseId");
        Assert.Equal([waiting, answered], await Found(center, ""));
        foreach (var (query, expected) in new (string, string[])[]
        {
            ("state=closed", [answered]), ("state=offered", [waiting]), ("state=new", [waiting]), ("rating=positive", [answered]), ("rating=negative", []),
            ("reason=solved", [answered]), ("agent=ana", [answered]), ("agent=ben", []), ("queue=care", [waiting, answered]), ("queue=billing", []),
            ("customer=chat:joe", [answered]), ("customerNumber=4711", [waiting]), ("user=garc", [waiting]), ("user=JOSE%20gar", [waiting]), ("user=jo", [waiting, answered]),
            ("channel=chat", [waiting, answered]), ("account=@brand", [waiting, answered]), ("account=@other", []), ("text=respuesta", [answered]),
            ("from=2020-01-01", [waiting, answered]), ("to=2020-01-01", []), ("closedFrom=2020-01-01T00:00:00Z", [answered]), ("closedTo=2020-01-01", []),
            ("agent=ana&state=closed&text=first&user=joe", [answered]), ("agent=ana&state=new", []), ("text=", [waiting, answered]),
        })
            Assert.True(expected.SequenceEqual(await Found(center, query)), query);
    }

    [Fact]
    public async Task Pages_stay_as_they_are_while_cases_arrive()
    {
        var center = await Center.Open(server, "search-pages");
        List<string> cases = [];
        for (var i = 0; i < 7; i++) cases.Add(await center.Write($"customer-{i}"));
        var found = new List<string>();
        string? next = "";
        while (next is not null)
        {
            var page = (await center.Server.Get($"{center.Root}/cases/search?limit=3&text=hello{(next == "" ? "" : "&cursor=" + next)}", center.Supervisor)).Expect(200).Body!;
            found.AddRange(page["items"]!.AsArray().Select(item => item.Text("id")));
            next = page["next"]?.GetValue<string>();
            await center.Write($"late-{found.Count}");
        }
        Assert.Equal(Enumerable.Reverse(cases), found);
    }

    [Theory]
    [InlineData("state=open", "state")]
    [InlineData("rating=good", "rating")]
    [InlineData("from=yesterday", "from")]
    [InlineData("closedTo=12", "closedTo")]
    [InlineData("from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("customerNumber=%00", "customerNumber")]
    public async Task A_filter_that_is_none_is_named(string query, string field)
    {
        var answer = await server.Get($"/v1/workspaces/search-bad/cases/search?{query}", server.Administrator);
        Assert.Equal(field, answer.ExpectProblem(422, "invalid-value").Body.Text("field"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("AND OR NOT NEAR(a b)")]
    [InlineData("-")]
    [InlineData("* -* \"*\"* ^a {words}: a")]
    [InlineData("'; DROP TABLE case_text; --")]
    [InlineData("\u0001\ud83d\ude00 & | ! <-> :* \\")]
    public async Task Whatever_is_typed_is_no_error(string text)
    {
        (await server.Get($"/v1/workspaces/search-bad/cases/search?text={Uri.EscapeDataString(text)}&user={Uri.EscapeDataString(text)}", server.Administrator)).Expect(200);
    }

    [Fact]
    public async Task An_agent_finds_what_they_hold_or_held_last_and_exports_nothing()
    {
        var center = await Center.Open(server, "search-agents");
        await using var ana = await center.SignIn("ana");
        var own = await center.Write("joe");
        await ana.Take(own);
        await center.Write("eva", purpose: "billing");
        var found = (await server.Get($"{center.Root}/cases/search", ana.Key)).Expect(200);
        Assert.Equal([own], found.Body!["items"]!.AsArray().Select(item => item.Text("id")));
        (await server.Get($"{center.Root}/cases/search?agent=ben", ana.Key)).ExpectProblem(403, "forbidden");
        (await server.Get($"{center.Root}/cases/export", ana.Key)).ExpectProblem(403, "forbidden");
        (await server.Get($"{center.Root}/cases/search", center.Integrator)).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task An_export_has_every_case_in_each_format()
    {
        var center = await Center.Open(server, "search-export");
        for (var i = 0; i < 1_003; i++) await center.Write($"customer-{i}", "¿Dónde?");
        var csv = await server.Get($"{center.Root}/cases/export?format=csv&text=donde", center.Supervisor);
        Assert.Equal("text/csv", csv.Expect(200).Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("cases-search-export.csv", csv.Message.Content.Headers.ContentDisposition!.FileNameStar ?? csv.Message.Content.Headers.ContentDisposition.FileName);
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1_004, lines.Length);
        Assert.StartsWith("id,createdAt,", lines[0].TrimStart('\ufeff'), StringComparison.Ordinal);
        var array = (await server.Get($"{center.Root}/cases/export?format=json", center.Supervisor)).Expect(200).Body!.AsArray();
        Assert.Equal(1_003, array.Select(item => item.Text("id")).Distinct().Count());
        var jsonl = (await server.Get($"{center.Root}/cases/export?format=jsonl", center.Supervisor)).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(array.Select(item => item.Text("id")), jsonl.Select(line => JsonNode.Parse(line).Text("id")));
        Assert.Equal("[]", (await server.Get($"{center.Root}/cases/export?format=json&text=nowhere", center.Supervisor)).Expect(200).Text.Trim());
        (await server.Get($"{center.Root}/cases/export?format=xml", center.Supervisor)).ExpectProblem(422, "invalid-value");
    }

    [Fact]
    public async Task Nothing_that_a_customer_writes_becomes_a_formula()
    {
        var center = await Center.Open(server, "search-formula");
        var message = Center.Message("formula", "joe", "x");
        message["authorName"] = "=HYPERLINK(\"http://example.invalid\",\"a, b\")";
        (await server.Post(center.Root + "/messages", center.Integrator, message)).Expect(201);
        var csv = (await server.Get($"{center.Root}/cases/export", center.Supervisor)).Expect(200).Text;
        Assert.Contains("\"'=HYPERLINK(\"\"http://example.invalid\"\",\"\"a, b\"\")\"", csv, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> Found(Center center, string query) =>
        (await center.Server.Get($"{center.Root}/cases/search?{query}", center.Supervisor)).Expect(200).Body!["items"]!.AsArray().Select(item => item.Text("id"));
}
