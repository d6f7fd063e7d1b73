using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>The hub, with the client that browsers use, driven from Node.</summary>
public sealed class HubTests(ApiServer server, HubTests.NodeClient node) : IClassFixture<ApiServer>, IClassFixture<HubTests.NodeClient>
{
    [Fact]
    public async Task A_browser_watches_its_agent_and_is_told_what_happens()
    {
        Assert.SkipWhen(node.WhyNot is not null, $"The hub is not tried: {node.WhyNot}");
        var center = await Center.Open(server, "hub");
        var key = await center.AgentKey("ana");
        await using var browser = node.Watch(server.Address, key, "hub", "ana", "ben");

        Assert.Equal("agent.snapshot", (await Heard(browser, "notice")).Text("type"));
        Assert.Contains("Forbidden", (await Heard(browser, "refused")).GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Forbidden", (await Heard(browser, "refused")).GetValue<string>(), StringComparison.Ordinal);

        await using var ana = new Desk(center, "ana", key);
        await ana.SignIn("available");
        var caseId = await center.Write("joe");
        var offer = await Notice(browser, "offer.made");
        Assert.Equal(("hub", "ana", caseId), (offer.Text("workspace"), offer.Text("agentId"), offer["holding"].Text("caseId")));
        (await ana.Accept(caseId, offer["holding"].Text("offerId"))).Expect(200);
        Assert.Equal(caseId, (await Notice(browser, "case.assigned"))["holding"].Text("caseId"));
        browser.CloseInput();
        Assert.Equal(0, await browser.Ended());
    }

    [Fact]
    public async Task A_supervisor_watches_numbers_and_many_agents_over_one_connection()
    {
        Assert.SkipWhen(node.WhyNot is not null, $"The hub is not tried: {node.WhyNot}");
        var center = await Center.Open(server, "hub-supervisor");
        await using var browser = node.Watch(server.Address, center.Supervisor, "hub-supervisor", "ana", "ben");
        var snapshots = new[] { await Heard(browser, "notice"), await Heard(browser, "notice") };
        Assert.Equal(["ana", "ben"], snapshots.Select(notice => notice.Text("agentId")));
        Assert.Equal(0, (await Heard(browser, "wallboard"))["total"]!["arrived"]!.GetValue<int>());
        await center.Write("joe");
        while ((await Heard(browser, "wallboard"))["total"]!["arrived"]!.GetValue<int>() != 1) { }
    }

    [Fact]
    public async Task Without_a_right_key_there_is_no_connection()
    {
        Assert.SkipWhen(node.WhyNot is not null, $"The hub is not tried: {node.WhyNot}");
        foreach (var (key, status) in new[] { ("rg_nobody", "401"), (await server.NewKey("integrator"), "403") })
        {
            await using var browser = node.Watch(server.Address, key, "hub", "ana", "ben");
            Assert.Contains(status, (await Heard(browser, "failed")).GetValue<string>(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonNode> Notice(Child browser, string type)
    {
        while (true)
            if (await Heard(browser, "notice") is { } notice && notice.Text("type") == type) return notice;
    }

    private static async Task<JsonNode> Heard(Child browser, string what)
    {
        JsonNode? heard = null;
        await browser.Line(line => (heard = JsonNode.Parse(line)!).Text("what") == what);
        return heard!["data"]!;
    }

    /// <summary>Node with npm's @microsoft/signalr, installed beside the tests at first use.</summary>
    public sealed class NodeClient : IAsyncLifetime
    {
        private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

        /// <summary>Why it cannot be used here, or null.</summary>
        public string? WhyNot { get; private set; }

        public Child Watch(Uri server, params string[] arguments) =>
            Child.StartIn(Folder, "node", ["watch.mjs", server.ToString().TrimEnd('/'), .. arguments]);

        public async ValueTask InitializeAsync()
        {
            WhyNot = await Fails("node", "--version") ?? await Fails("npm", "--version");
            if (WhyNot is null && !Directory.Exists(Path.Combine(Folder, "node_modules", "@microsoft", "signalr")))
                WhyNot = await Fails("npm", "ci", "--no-audit", "--no-fund");
        }

        public ValueTask DisposeAsync() => default;

        private static async Task<string?> Fails(string program, params string[] arguments)
        {
            try
            {
                await using var child = Child.StartIn(Folder, program, arguments);
                return await child.Ended() == 0 ? null : $"'{program} {string.Join(' ', arguments)}' failed: {child.Errors}";
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return $"{program} is not installed.";
            }
        }
    }
}
