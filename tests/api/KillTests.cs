using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Api.Tests;

/// <summary>kill -9 of a real server while messages pour in: what was acknowledged is there, once, and goes on.</summary>
public sealed class KillTests
{
    private const string Workspace = "kill";
    private const int Kills = 2;
    private static readonly string[] Agents = ["ana", "ben", "cleo", "dan"];

    /// <summary>More with the environment variable ROUTINGGRID_KILL_SEEDS, a number of seeds.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("ROUTINGGRID_KILL_SEEDS") ?? "2"))];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Every_acknowledged_message_is_in_exactly_one_case_and_every_open_case_reaches_an_agent(int seed)
    {
        using var data = new TemporaryFolder();
        var random = new Random(seed);
        var serve = await ServeProcess.Start(data.Path, "--quiet");
        try
        {
            var key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, $"/v1/workspaces/{Workspace}/configuration", key, Configuration())).Expect(200);
            var workers = new List<Worker>();
            foreach (var agent in Agents) workers.Add(new Worker(Workspace, agent, await AgentKey(serve, key, agent), "desk-" + agent));
            var pouring = new Pouring(Workspace, key, seed);

            // Two agents work from the start, so that the server dies with offers, acceptances and assignments in the air.
            for (var kill = 0; kill < Kills; kill++)
            {
                foreach (var worker in workers.Take(2)) await worker.SignIn(serve.Http);
                var working = Task.WhenAll(workers.Take(2).Select(worker => worker.Work(serve.Address, CancellationToken.None)));
                await pouring.Until(random.Next(150, 700), serve.Address, serve.Kill);
                await working;
                await serve.DisposeAsync();
                serve = await ServeProcess.Start(data.Path, "--quiet");
                Assert.Null(serve.FirstKey);
            }

            var messagesOf = await MessagesByCase(serve, key);
            CheckAcknowledged(pouring, messagesOf);
            await pouring.Settle(serve.Http);
            CheckAcknowledged(pouring, await MessagesByCase(serve, key));

            foreach (var worker in workers) await worker.SignIn(serve.Http);
            await EveryOpenCaseReachesAnAgent(serve, key, workers);
            Assert.DoesNotContain(" fail:", serve.Errors, StringComparison.Ordinal);
        }
        finally
        {
            await serve.DisposeAsync();
        }
        await TheJournalKeepsItsPromises(data.Path);
    }

    /// <summary>Every invariant, from the first event on. While the server was dead nobody could match: that takes some seconds of tolerance.</summary>
    private static async Task TheJournalKeepsItsPromises(string data)
    {
        await using var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(data, "journal.db") }, TimeProvider.System);
        var audit = await JournalAudit.Of(journal, TimeSpan.FromSeconds(30));
        Assert.True(audit.Violations.Count == 0, string.Join(Environment.NewLine, audit.Violations));
        Assert.True(audit.Events > 1000, $"Only {audit.Events} events were written.");
        await foreach (var damage in journal.Inspect()) Assert.Fail($"{damage.Position}: {damage.What}");
    }

    private static void CheckAcknowledged(Pouring pouring, Dictionary<string, List<string>> messagesOf)
    {
        var caseOf = new Dictionary<string, string>();
        foreach (var (caseId, messages) in messagesOf)
            foreach (var message in messages)
                Assert.True(caseOf.TryAdd(message, caseId), $"{message} is in {caseId} and, again, in {caseOf.GetValueOrDefault(message)}.");
        foreach (var (message, caseId) in pouring.Acknowledged)
            Assert.True(caseOf.TryGetValue(message, out var found) && found == caseId, $"{message} was acknowledged in {caseId} and is in {found ?? "no case"}.");
        Assert.All(caseOf.Keys, message => Assert.True(pouring.Acknowledged.ContainsKey(message) || pouring.Unknown.ContainsKey(message), message));
    }

    private static async Task<Dictionary<string, List<string>>> MessagesByCase(ServeProcess serve, string key)
    {
        var messages = new Dictionary<string, List<string>>();
        foreach (var found in await Cases(serve, key, "limit=500"))
        {
            var id = found.Text("id");
            var timeline = (await serve.Send(HttpMethod.Get, $"/v1/workspaces/{Workspace}/cases/{id}/timeline", key)).Expect(200).Body!["items"]!.AsArray();
            messages[id] = [.. timeline.Where(item => item.Text("type") == "case.message-received").Select(item => item!["data"].Text("messageId"))];
            Assert.Equal(messages[id].Count, found["messages"]!.GetValue<int>());
        }
        return messages;
    }

    private static async Task EveryOpenCaseReachesAnAgent(ServeProcess serve, string key, List<Worker> workers)
    {
        var open = (await Cases(serve, key, "open=true&limit=500")).Count;
        Assert.True(open > 50, $"Only {open} cases are open.");
        using var enough = new CancellationTokenSource();
        var working = Task.WhenAll(workers.Select(worker => worker.Work(serve.Address, enough.Token)));
        await using (var wallboard = await EventReader.Open(new HttpClient { BaseAddress = serve.Address }, $"/v1/workspaces/{Workspace}/live", key))
            for (var seconds = 0; (await wallboard.Next("wallboard")).Data["total"]!["inHands"]!.GetValue<int>() < open; seconds++)
                if (seconds == 60) Assert.Fail("Not every case has reached an agent in a minute: " + string.Join(", ", (await Cases(serve, key, "status=queued&limit=5")).Select(c => c.ToJsonString())));
        await enough.CancelAsync();
        await working;
        Assert.All(await Cases(serve, key, "open=true&limit=500"), found => Assert.Equal("assigned", found.Text("status")));
    }

    private static async Task<List<JsonNode>> Cases(ServeProcess serve, string key, string query)
    {
        var cases = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await serve.Send(HttpMethod.Get, $"/v1/workspaces/{Workspace}/cases?{query}" + (cursor is null ? "" : "&cursor=" + cursor), key)).Expect(200).Body!;
            cases.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        return cases;
    }

    private static async Task<string> AgentKey(ServeProcess serve, string key, string agent) =>
        (await serve.Send(HttpMethod.Post, "/v1/keys", key, new JsonObject { ["role"] = "agent", ["workspace"] = Workspace, ["agentId"] = agent })).Expect(201).Body.Text("secret");

    private static JsonObject Configuration()
    {
        var configuration = Center.Configuration();
        configuration["channels"]![0]!["offerTimeoutSeconds"] = 10;
        configuration["agents"] = new JsonArray([.. Agents.Select(agent => new JsonObject { ["id"] = agent, ["queues"] = new JsonArray("care"), ["capacity"] = 500 })]);
        return configuration;
    }
}
