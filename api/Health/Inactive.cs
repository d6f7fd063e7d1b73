using Microsoft.AspNetCore.Http;
using RoutingGrid.Api.Json;
using RoutingGrid.Api.Problems;

namespace RoutingGrid.Api.Health;

/// <summary>Why a server takes no work, and what it answers meanwhile: its health, and a problem to everything else.</summary>
public sealed class Inactive
{
    private readonly HealthView _health;
    private readonly Problem _problem;

    private Inactive(string status, ProblemType type, string why, string? active = null)
    {
        _health = new HealthView(status, active);
        _problem = new Problem(type, why + " Nothing of this request was done; repeat it.") { RetryAfterSeconds = 1 };
    }

    /// <summary>It has not started yet.</summary>
    public static Inactive Starting { get; } = new("starting", ProblemTypes.Unavailable, "The server is starting.");

    /// <summary>It was active, and cannot know whether it still is.</summary>
    public static Inactive CutOff { get; } = new("cut-off", ProblemTypes.Unavailable, "The server has lost its connection to the journal, and another one may take over.");

    /// <summary>It was active, and another one is now. It ends.</summary>
    public static Inactive TakenOver { get; } = new("taken-over", ProblemTypes.Standby, "Another server has taken over from this one.");

    /// <summary>It waits for another one to end.</summary>
    /// <param name="active">The other one, for people.</param>
    public static Inactive StandingBy(string active) => new("standby", ProblemTypes.Standby, "This server stands by while another one is active.", active);

    public Task Answer(HttpContext context) => context.Request.Path.Value switch
    {
        "/health/live" => context.Response.WriteAsJsonAsync(new HealthView("live"), ApiJson.Info<HealthView>()),
        "/health/ready" => NotReady(context.Response),
        _ => _problem.ExecuteAsync(context),
    };

    private Task NotReady(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return response.WriteAsJsonAsync(_health, ApiJson.Info<HealthView>());
    }
}
