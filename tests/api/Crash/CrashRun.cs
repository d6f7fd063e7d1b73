using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>Customers and agents who go on and on, a site that is killed under them at moments drawn by lot, and what they can tell of it.</summary>
internal sealed class CrashRun(CrashSite site, int seed)
{
    private const string Workspace = "kill";
    private const int ChecksPerKill = 40;
    private static readonly string[] AgentIds = ["ana", "ben", "cleo", "dan"];
    private static readonly string[] Held = ["assigned", "waiting", "escalated"];

    private readonly Random _random = new(seed);
    private readonly Line _line = new();
    private readonly Dictionary<Victims, int> _kills = [];
    private List<WorkingAgent> _agents = [];
    private string _key = "";

    public Ledger Ledger { get; } = new();

    public async Task Run(int kills)
    {
        await site.Start();
        _key = site.Serve.FirstKey!;
        _line.Up(site.Serve.Http);
        await SetUp();
        using var closingTime = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        var customers = new Customers(_line, Ledger, Workspace, _key, seed).Write(closingTime.Token);
        Task[] working = [customers, .. _agents.Select(agent => Task.Run(() => agent.Work(end.Token)))];

        for (var kill = 1; kill <= kills; kill++)
        {
            await UnlessEnded(_line.Reaches(NextMoment()), working);
            await UnlessEnded(Crash(), working);
        }
        await UnlessEnded(_line.Reaches(100), working);
        await closingTime.CancelAsync();
        await UnlessEnded(customers, working);
        _agents.ForEach(agent => agent.ClosesAll = true);
        await UnlessEnded(EveryCaseReachesAnAgentOrItsEnd(), working);
        await end.CancelAsync();
        await Task.WhenAll(working);
        // Those in an archive are in no list.
        Fail(Ledger.Compare(await Effects((await Cases("limit=500")).Select(found => found.Text("id")).Union(Ledger.Cases))));
    }

    public override string ToString() =>
        $"{string.Join(", ", _kills.OrderBy(kill => kill.Key).Select(kill => $"{kill.Value} × {kill.Key}"))}; {Ledger.Messages} messages and {Ledger.Commands} commands acknowledged, "
        + $"{Ledger.Refused} refused, {_line.Repeated} requests repeated";

    // Often in the full flow, now and then when a start is hardly over.
    private int NextMoment() => _random.Next(4) == 0 ? _random.Next(1, 10) : _random.Next(20, 300);

    private async Task Crash()
    {
        var victims = site.Draw(_random);
        _kills[victims] = _kills.GetValueOrDefault(victims) + 1;
        await site.Kill(victims);
        _line.Down();
        await site.Revive(victims);
        _line.Up(site.Serve.Http);
        (await _line.Send(HttpMethod.Get, "/health/ready", _key)).Expect(200);

        // What was acknowledged last is what a crash would lose.
        var fresh = Ledger.Fresh(ChecksPerKill);
        var effects = await Effects(fresh.Select(perCase => perCase.Key));
        Fail([.. fresh.SelectMany(perCase => perCase, (perCase, effect) => (perCase.Key, Effect: effect))
            .Where(fresh => effects[fresh.Key].Count(found => found == fresh.Effect) != 1)
            .Select(fresh => $"{fresh.Effect} was acknowledged in {fresh.Key} before this kill of {victims}, and is there {effects[fresh.Key].Count(found => found == fresh.Effect)} times.")]);
    }

    private async Task EveryCaseReachesAnAgentOrItsEnd()
    {
        await using (var wallboard = await EventReader.Open(new HttpClient { BaseAddress = site.Serve.Address }, $"/v1/workspaces/{Workspace}/live", _key))
            for (var seconds = 0; (await wallboard.Next("wallboard")).Data["total"] is var total && total!["waiting"]!.GetValue<int>() + total["offered"]!.GetValue<int>() > 0; seconds++)
                if (seconds == 120) Assert.Fail("Two minutes later these wait still: " + string.Join(", ", (await Cases("status=queued&limit=5")).Select(found => found.ToJsonString())));
        foreach (var open in await Cases("open=true&limit=500"))
            Assert.True(Held.Contains(open.Text("status")), open.ToJsonString());
    }

    private async Task SetUp()
    {
        var configuration = Center.Configuration();
        configuration["channels"]![0]!["offerTimeoutSeconds"] = 10;
        if (site.Archives)
            foreach (var queue in configuration["queues"]!.AsArray()) queue!["reopenSeconds"] = 0;
        configuration["agents"] = new JsonArray([.. AgentIds.Select(agent => new JsonObject { ["id"] = agent, ["queues"] = new JsonArray("care", "billing"), ["capacity"] = 20 })]);
        (await _line.Send(HttpMethod.Put, $"/v1/workspaces/{Workspace}/configuration", _key, configuration)).Expect(200);
        foreach (var agent in AgentIds)
        {
            var body = new JsonObject { ["role"] = "agent", ["workspace"] = Workspace, ["agentId"] = agent };
            var key = (await _line.Send(HttpMethod.Post, "/v1/keys", _key, body)).Expect(201).Body.Text("secret");
            _agents.Add(new WorkingAgent(_line, Ledger, Workspace, agent, key, seed * 100 + _agents.Count));
        }
    }

    private async Task<Dictionary<string, List<string>>> Effects(IEnumerable<string> caseIds)
    {
        var effects = new Dictionary<string, List<string>>();
        foreach (var id in caseIds)
            effects[id] = Ledger.EffectsIn((await _line.Send(HttpMethod.Get, $"/v1/workspaces/{Workspace}/cases/{id}/timeline", _key)).Expect(200).Body!);
        return effects;
    }

    private async Task<List<JsonNode>> Cases(string query)
    {
        var cases = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await _line.Send(HttpMethod.Get, $"/v1/workspaces/{Workspace}/cases?{query}" + (cursor is null ? "" : "&cursor=" + cursor), _key)).Expect(200).Body!;
            cases.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        return cases;
    }

    // Callers end early only with an error, which then is the news.
    private static async Task UnlessEnded(Task step, Task[] working)
    {
        while (!step.IsCompleted)
        {
            if (working.FirstOrDefault(task => task.IsFaulted || task.IsCanceled) is { } failed) await failed;
            await Task.WhenAny([step, .. working.Where(task => !task.IsCompleted)]);
        }
        await step;
    }

    private static void Fail(List<string> wrong)
    {
        if (wrong.Count > 0) Assert.Fail($"{wrong.Count} are wrong:{Environment.NewLine}{string.Join(Environment.NewLine, wrong.Take(20))}");
    }
}
