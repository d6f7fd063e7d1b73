using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.People;
using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Silo.Demo;

/// <summary>Everybody in the demo: the customers and the agents, each with a key of their own, and what they have done so far.</summary>
internal sealed class DemoWorld
{
    private readonly DemoSettings _settings;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<SimulatedAgent> _agents;

    private DemoWorld(
        DemoSettings settings, TimeProvider time, PeopleTally tally, TrafficDriver traffic, IReadOnlyList<SimulatedAgent> agents, ApiClient supervisor,
        string boardKey) =>
        (_settings, _time, Tally, Traffic, _agents, Supervisor, BoardKey) = (settings, time, tally, traffic, agents, supervisor, boardKey);

    public PeopleTally Tally { get; }

    public TrafficDriver Traffic { get; }

    public ApiClient Supervisor { get; }

    /// <summary>Of the supervisor; it opens the page.</summary>
    public string BoardKey { get; }

    /// <summary>Configures the workspace and makes the keys, as an administrator does.</summary>
    public static async Task<DemoWorld> Prepare(DemoSettings settings, HttpClient http, string adminKey, TimeProvider time, CancellationToken cancellation)
    {
        var admin = new ApiClient(http, DemoWorkspace.Name, adminKey, time);
        var configuration = DemoWorkspace.Configuration(settings.Agents);
        var configured = await admin.Send(HttpMethod.Put, "configuration", configuration, cancellation: cancellation);
        if (!configured.Ok) throw new DemoException($"The server refused the demo's configuration: {configured} {configured.Body}");

        var tally = new PeopleTally();
        var random = new Random(settings.Seed);
        ApiClient Client(string key) => new(http, DemoWorkspace.Name, key, time);

        var board = await Key(admin, new { role = "supervisor", workspace = DemoWorkspace.Name, name = "wallboard" }, cancellation);
        var networks = await Key(admin, new { role = "integrator", workspace = DemoWorkspace.Name, name = "networks" }, cancellation);
        var agents = new List<SimulatedAgent>();
        foreach (var agent in configuration.Agents)
        {
            var key = await Key(admin, new { role = "agent", workspace = DemoWorkspace.Name, agentId = agent.Id, name = agent.Name }, cancellation);
            agents.Add(new SimulatedAgent(Client(key), agent.Id, Heartbeat(configuration), tally, time, random.Next()));
        }
        return new DemoWorld(settings, time, tally, new TrafficDriver(Client(networks), tally, time, random.Next()), agents, Client(board), board);
    }

    /// <summary>Lets everybody do what they do, until told to stop; then they finish what they are at, and go.</summary>
    /// <param name="afterwards">How long that may take.</param>
    public async Task Live(CancellationToken stop, CancellationToken afterwards)
    {
        var now = TimeZoneInfo.ConvertTime(_time.GetUtcNow(), _time.LocalTimeZone);
        var traffic = new TrafficSettings { Start = now, Seed = _settings.Seed, PerMinute = _settings.PerMinute };
        await Task.WhenAll([Traffic.Run(TrafficGenerator.Events(traffic), stop, afterwards), .. _agents.Select(agent => agent.Run(stop, afterwards))]);
    }

    private static TimeSpan Heartbeat(WorkspaceConfiguration configuration) => TimeSpan.FromSeconds(configuration.Presence.HeartbeatSeconds);

    private static async Task<string> Key(ApiClient admin, object wanted, CancellationToken cancellation)
    {
        var answer = await admin.Send(HttpMethod.Post, "/v1/keys", wanted, cancellation: cancellation);
        return answer.Ok ? answer.As<NewKey>().Secret : throw new DemoException($"The server refused to make a key: {answer}");
    }

    private sealed record NewKey(string Secret);
}

/// <summary>The demo cannot go on; the message says why.</summary>
internal sealed class DemoException(string message) : Exception(message);
