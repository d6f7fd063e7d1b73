using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>An agent at work: a key, a session and a live feed.</summary>
public sealed class Desk(Center center, string agentId, string key) : IAsyncDisposable
{
    private EventReader? _events;

    public string Key => key;
    public string Session { get; private set; } = "";
    public string Path => $"{center.Root}/agents/{agentId}";

    public async Task SignIn(string activity)
    {
        var answer = (await center.Server.Post(Path + "/sessions", key, new JsonObject { ["activity"] = activity })).Expect(201);
        Session = answer.Body.Text("sessionId");
    }

    /// <summary>The live feed, opened at first use.</summary>
    public async Task<EventReader> Events() => _events ??= await EventReader.Open(center.Server.NewHttp(), Path + "/events", key);

    public Task<Answer> Accept(string caseId, string offerId) => Offer(caseId, offerId, "accept");

    public Task<Answer> Decline(string caseId, string offerId) => Offer(caseId, offerId, "decline");

    public Task<Answer> Act(string caseId, string action, JsonNode body, params (string, string)[] headers) =>
        center.Server.Post($"{center.Root}/cases/{caseId}/{action}", key, body, [("RoutingGrid-Session", Session), .. headers]);

    /// <summary>Waits until this agent is asked about the case, and answers the offer's id.</summary>
    public async Task<string> Offered(string caseId)
    {
        var events = await Events();
        while (true)
        {
            var next = await events.Next();
            var holdings = next.Name == "agent.snapshot" ? next.Data["agent"]!["holdings"]!.AsArray() : [next.Data["holding"]?.DeepClone()];
            foreach (var holding in holdings)
                if (holding is not null && holding.Text("caseId") == caseId && holding["offerId"] is { } offer && !holding["held"]!.GetValue<bool>()) return offer.GetValue<string>();
        }
    }

    /// <summary>Waits for the offer of a case and accepts it.</summary>
    public async Task<JsonNode> Take(string caseId) => (await Accept(caseId, await Offered(caseId))).Expect(200).Body!;

    public async ValueTask DisposeAsync()
    {
        if (_events is not null) await _events.DisposeAsync();
    }

    private Task<Answer> Offer(string caseId, string offerId, string answer) =>
        center.Server.Post($"{Path}/offers/{offerId}/{answer}", key, new JsonObject { ["caseId"] = caseId }, ("RoutingGrid-Session", Session));
}
