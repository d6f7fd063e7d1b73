using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RoutingGrid.Bench.Recovery;

/// <summary>Customers who write and agents who accept and answer over HTTP until the server is gone, and what they were told.</summary>
internal sealed class HttpClientLoad(Uri server, string key)
{
    private const int Writers = 8;
    private const int Workers = 4;
    private const string Root = "/v1/workspaces/" + OpenCases.Workspace;

    private int _sent;

    /// <summary>Messages and answers that were acknowledged, with their case.</summary>
    internal ConcurrentDictionary<string, string> Acknowledged { get; } = new();

    /// <summary>Ends when the server does.</summary>
    internal async Task Run()
    {
        using var administrator = Client(key);
        var keys = new List<string>();
        for (var i = 0; i < Workers; i++)
        {
            var made = await Post(administrator, "/v1/keys", new JsonObject { ["role"] = "agent", ["workspace"] = OpenCases.Workspace, ["agentId"] = OpenCases.AgentId(i) });
            keys.Add(made!["secret"]!.GetValue<string>());
        }
        await Task.WhenAll([
            .. Enumerable.Range(0, Writers).Select(_ => Task.Run(() => UntilItIsGone(Write, key))),
            .. Enumerable.Range(0, Workers).Select(i => Task.Run(() => UntilItIsGone(http => Work(http, OpenCases.AgentId(i)), keys[i])))]);
    }

    private async Task Write(HttpClient http)
    {
        while (true)
        {
            var number = Interlocked.Increment(ref _sent);
            var answer = await Post(http, Root + "/messages", new JsonObject
            {
                ["messageId"] = $"m{number}", ["channel"] = "chat", ["account"] = "brand", ["author"] = $"a{number}", ["text"] = "Hola, ¿hay alguien?", ["purpose"] = $"p{number % 4}",
            });
            if (answer is not null) Acknowledged[$"m{number}"] = answer["caseId"]!.GetValue<string>();
        }
    }

    private async Task Work(HttpClient http, string agentId)
    {
        var path = $"{Root}/agents/{agentId}";
        await Post(http, path + "/sessions", new JsonObject { ["sessionId"] = agentId, ["activity"] = "available" });
        http.DefaultRequestHeaders.Add("RoutingGrid-Session", agentId);
        while (true)
        {
            var holdings = (await http.GetFromJsonAsync<JsonObject>(path))!["holdings"]!.AsArray();
            foreach (var holding in holdings)
            {
                if (holding!["offerId"] is not { } offer) continue;
                var caseId = holding["caseId"]!.GetValue<string>();
                if (await Post(http, $"{path}/offers/{offer}/accept", new JsonObject { ["caseId"] = caseId }) is null) continue;
                var reply = $"r{Interlocked.Increment(ref _sent)}";
                if (await Post(http, $"{Root}/cases/{caseId}/reply", new JsonObject { ["text"] = "Se la envío ahora mismo.", ["replyId"] = reply }) is not null) Acknowledged[reply] = caseId;
                await Post(http, $"{Root}/cases/{caseId}/close", new JsonObject { ["rating"] = "positive" });
            }
        }
    }

    private async Task UntilItIsGone(Func<HttpClient, Task> work, string workKey)
    {
        using var http = Client(workKey);
        try
        {
            await work(http);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
        {
            // That is how it ends.
        }
    }

    private HttpClient Client(string bearer)
    {
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return http;
    }

    /// <summary>Null: refused, as an offer may be that has ended.</summary>
    private static async Task<JsonNode?> Post(HttpClient http, string path, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonNode>() : null;
    }
}
