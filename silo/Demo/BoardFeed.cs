using System.Text.Json;
using RoutingGrid.Silo.Demo.Screen;
using RoutingGrid.Simulation.People;

namespace RoutingGrid.Silo.Demo;

/// <summary>Follows the wallboard over server-sent events, as the page does.</summary>
internal sealed class BoardFeed(ApiClient supervisor, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Board? Latest { get; private set; }

    public bool Live { get; private set; }

    public async Task Follow(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await FollowOnce(stop);
                Live = false;
                await Task.Delay(Pause, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Live = false;
        }
    }

    private async Task FollowOnce(CancellationToken stop)
    {
        try
        {
            await foreach (var item in supervisor.Events("live", stop))
            {
                if (item.EventType != "wallboard") continue;
                Latest = JsonSerializer.Deserialize<Board>(item.Data, ApiClient.Json);
                Live = true;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The server is not there at the moment, or the connection broke: the screen says so, and it is tried again.
        }
    }

    /// <summary>The numbers at the end, asked for once more.</summary>
    public async Task<Board?> Last(CancellationToken cancellation)
    {
        var answer = await supervisor.Get("wallboard", cancellation);
        return answer.Ok ? answer.As<Board>() : Latest;
    }
}
