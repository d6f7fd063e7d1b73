using System.Net.Sockets;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>A person at a desk who works through one crash after the other: accepts most of what they are asked about, answers it, and
/// closes it, lets it wait or hands it on. They keep a few cases, which go on when the customer writes again.</summary>
internal sealed class WorkingAgent(Line line, Ledger ledger, string workspace, string agentId, string key, int seed)
{
    private const int Keeps = 8;

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _asked = [];
    private readonly Queue<string> _kept = [];
    private readonly HashSet<string> _parked = [];
    private readonly string _session = "desk-" + agentId;
    private int _commands;

    /// <summary>From now on everything is closed at once.</summary>
    public bool ClosesAll { get; set; }

    private string Path => $"/v1/workspaces/{workspace}/agents/{agentId}";

    /// <summary>Works until nobody needs it any more. Where the live feed ends, it is opened again, and shows what was missed.</summary>
    public async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SignIn();
                var server = await line.Server;
                await using var events = await EventReader.Open(new HttpClient { BaseAddress = server.BaseAddress }, Path + "/events", key);
                while (await events.TryNext(stop) is { } next) await Take(next);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // The feed is gone, or was silent for long, or the work is done.
            }
        }
    }

    private async Task SignIn()
    {
        (await line.Send(HttpMethod.Post, Path + "/sessions", key, new JsonObject { ["sessionId"] = _session, ["activity"] = "available" })).Expect(201);
        await BeAvailable();
    }

    // An offer that rang out, most likely while no server ran, has made them unavailable.
    private async Task BeAvailable() =>
        (await line.Send(HttpMethod.Put, Path + "/activity", key, new JsonObject { ["activity"] = "available" }, ("RoutingGrid-Session", _session))).Expect(200);

    private async Task Take(ServerEvent next)
    {
        if (next.Data["agent"] is { } agent && !agent["available"]!.GetValue<bool>()) await BeAvailable();
        JsonNode?[] holdings = next.Name == "agent.snapshot" ? [.. next.Data["agent"]!["holdings"]!.AsArray()] : [next.Data["holding"]];
        foreach (var holding in holdings)
        {
            if (holding is null || next.Name == "offer.ended") continue;
            var (caseId, held) = (holding.Text("caseId"), holding["held"]!.GetValue<bool>());
            if (!held && holding["offerId"] is { } offer && _asked.Add(offer.GetValue<string>())) await Handle(caseId, offer.GetValue<string>());
            // The customer has written again: it is theirs without an offer.
            else if (held && holding.Text("status") == "assigned" && _parked.Remove(caseId)) _kept.Enqueue(caseId);
        }
    }

    private async Task Handle(string caseId, string offerId)
    {
        if (!ClosesAll && _random.Next(10) == 0)
        {
            await Say("decline", caseId, offerId, $"{Path}/offers/{offerId}/decline", new JsonObject { ["caseId"] = caseId });
            return;
        }
        if (!await Say("accept", caseId, offerId, $"{Path}/offers/{offerId}/accept", new JsonObject { ["caseId"] = caseId })) return;
        if (_random.Next(4) > 0) await Do("reply", caseId, mark => new JsonObject { ["replyId"] = mark, ["text"] = "An answer." });
        if (_random.Next(4) == 0) await Do("notes", caseId, mark => new JsonObject { ["text"] = mark });
        switch (ClosesAll ? 0 : _random.Next(12))
        {
            case <= 6: await Close(caseId); break;
            case 7:
                _parked.Add(caseId);
                await Do("wait", caseId, mark => new JsonObject { ["for"] = "customer", ["note"] = mark });
                break;
            case 8: await Do("escalate", caseId, mark => new JsonObject { ["to"] = "legal", ["followUpAt"] = "2100-01-01T00:00:00Z", ["note"] = mark }); break;
            case 9: await line.Send(HttpMethod.Post, CasePath(caseId) + "/transfer", key, new JsonObject { ["queue"] = "billing" }, ("RoutingGrid-Session", _session)); break;
            default: _kept.Enqueue(caseId); break;
        }
        while (_kept.Count > (ClosesAll ? 0 : Keeps)) await Close(_kept.Dequeue());
    }

    private Task Close(string caseId) => Do("close", caseId, mark => new JsonObject { ["rating"] = "neutral", ["reason"] = mark });

    private Task Do(string action, string caseId, Func<string, JsonObject> body)
    {
        var mark = $"{agentId}-{++_commands}";
        return Say(action, caseId, mark, $"{CasePath(caseId)}/{action}", body(mark));
    }

    private string CasePath(string caseId) => $"/v1/workspaces/{workspace}/cases/{caseId}";

    private async Task<bool> Say(string action, string caseId, string mark, string path, JsonObject body)
    {
        var effect = $"{action}/{mark}";
        ledger.Sending(effect);
        var answer = await line.Send(HttpMethod.Post, path, key, body, ("RoutingGrid-Session", _session), ("Idempotency-Key", effect.Replace('/', '-')));
        // Another's offer, a case that was taken away: refusals are answers too. Anything else is a mistake of the server's, or of the test.
        Assert.True(answer.Status is 200 or 404 or 409, $"{path}: {answer.Status} {answer.Text}");
        if (answer.Status == 200) ledger.Acknowledged(effect, caseId);
        else ledger.WasRefused(effect, answer.Text);
        return answer.Status == 200;
    }
}
