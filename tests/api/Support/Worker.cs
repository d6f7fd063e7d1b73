using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A simulated agent: accepts whatever it is asked about, as its stream says, until the stream ends.</summary>
public sealed class Worker(string workspace, string agentId, string key, string session)
{
    private string Path => $"/v1/workspaces/{workspace}/agents/{agentId}";

    /// <summary>Signs in, or goes on in the session from before; available, whatever happened to offers in the meantime.</summary>
    public async Task SignIn(HttpClient http)
    {
        var body = new JsonObject { ["sessionId"] = session, ["activity"] = "available" };
        (await Answer.To(http, HttpMethod.Post, Path + "/sessions", key, body.ToJsonString())).Expect(201);
        (await Answer.To(http, HttpMethod.Put, Path + "/activity", key, """{"activity":"available"}""", ("RoutingGrid-Session", session))).Expect(200);
    }

    /// <summary>Works until the server goes away, or nobody needs it any more.</summary>
    public async Task Work(Uri server, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = server };
            await using var events = await EventReader.Open(new HttpClient { BaseAddress = server }, Path + "/events", key);
            while (!stop.IsCancellationRequested && await events.TryNext(stop) is { } next)
            {
                JsonNode?[] holdings = next.Name == "agent.snapshot" ? [.. next.Data["agent"]!["holdings"]!.AsArray()] : [next.Data["holding"]];
                foreach (var holding in holdings)
                {
                    if (holding?["offerId"] is not { } offer || holding["held"]!.GetValue<bool>() || next.Name == "offer.ended") continue;
                    var body = new JsonObject { ["caseId"] = holding.Text("caseId") };
                    await Answer.To(http, HttpMethod.Post, $"{Path}/offers/{offer}/accept", key, body.ToJsonString(), ("RoutingGrid-Session", session));
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server is gone, as intended, or the work is done.
        }
    }
}
