using System.Net.Sockets;

namespace RoutingGrid.Simulation.People;

/// <summary>A person who works over the real API: signs in, sends heartbeats, follows the live events, takes cases, has lunch, and loses the
/// connection at times.</summary>
public sealed class SimulatedAgent
{
    private readonly Persona _persona;
    private readonly PeopleTally _tally;
    private readonly Pace _pace;
    private readonly AgentApi _api;
    private readonly Desk _desk;
    private readonly TimeSpan _heartbeat;

    /// <param name="api">With the agent's own key.</param>
    /// <param name="heartbeat">How often the workspace asks for a sign of life.</param>
    /// <param name="seed">Of what chance decides for this agent.</param>
    public SimulatedAgent(ApiClient api, string agentId, TimeSpan heartbeat, PeopleTally tally, TimeProvider time, int seed)
    {
        var random = new Random(seed);
        _persona = Persona.Draw(random);
        _tally = tally;
        _heartbeat = heartbeat;
        _api = new AgentApi(api, agentId, tally, new Random(random.Next()));
        _pace = new Pace(new Random(random.Next()), time);
        _desk = new Desk(_api, _persona, tally, _pace);
    }

    /// <summary>Works until told to stop, then signs out.</summary>
    /// <param name="afterwards">How long signing out may take.</param>
    public async Task Run(CancellationToken stop, CancellationToken afterwards)
    {
        try
        {
            await Task.Delay(_pace.Between(0, 8), _pace.Time, stop);
            while (!stop.IsCancellationRequested)
            {
                await Connected(stop);
                if (stop.IsCancellationRequested) break;
                _tally.ConnectionsLost.Add();
                await Task.Delay(Outage(), _pace.Time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Time to go home.
        }
        await _api.SignOut(afterwards);
    }

    /// <summary>One connection, from signing in to its loss. A lost one is not signed out: nobody at the other end is told.</summary>
    private async Task Connected(CancellationToken stop)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var lost = Task.Delay(_pace.Exponential(_persona.StaysConnectedFor), _pace.Time, connection.Token);
        Task[] alive = [KeepAlive(connection.Token), Follow(connection.Token), Breaks(connection.Token), lost];
        await Task.WhenAny(alive);
        await connection.CancelAsync();
        await _desk.PutDown();
        foreach (var task in alive) await Quiet(task);
    }

    private async Task KeepAlive(CancellationToken cancellation)
    {
        // A session that was lost is alive again if it is heard from within the grace; whatever the agent was at before, they are back now.
        if (await _api.Heartbeat(cancellation)) await _desk.Choose(DemoWorkspace.Available, cancellation);
        while (true)
        {
            if (!await _api.Heartbeat(cancellation)) await _desk.SignIn(cancellation);
            await Task.Delay(_heartbeat, _pace.Time, cancellation);
        }
    }

    /// <summary>The stream may end at any time; the first event of the next one has everything again.</summary>
    private async Task Follow(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await foreach (var notice in _api.Events(cancellation)) _desk.Notified(notice);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException)
            {
                _tally.Refused("stream broken");
            }
            await Task.Delay(TimeSpan.FromSeconds(1), _pace.Time, cancellation);
        }
    }

    private async Task Breaks(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(_pace.Exponential(_persona.WorksFor), _pace.Time, cancellation);
            var lunch = _pace.Chance(0.4);
            _tally.Breaks.Add();
            await _desk.Choose(lunch ? DemoWorkspace.Lunch : DemoWorkspace.Break, cancellation);
            await Task.Delay(lunch ? _pace.Between(15 * 60, 30 * 60) : _pace.Between(3 * 60, 8 * 60), _pace.Time, cancellation);
            await _desk.Choose(DemoWorkspace.Available, cancellation);
        }
    }

    /// <summary>Most are over before anybody notices, some outlast the grace, and a few people do not come back for long.</summary>
    private TimeSpan Outage() => _pace.Chance(_persona.StaysAway) ? _pace.Between(20 * 60, 60 * 60) : _pace.Between(15, 240);

    private async Task Quiet(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The connection ended.
        }
        catch (Exception exception)
        {
            _tally.Fail($"{_api.AgentId}: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
