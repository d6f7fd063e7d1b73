using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A small contact center: one workspace with two queues and a few agents, and a key for everybody.</summary>
public sealed class Center(ApiServer server, string name)
{
    private int _messages;

    public ApiServer Server => server;
    public string Name => name;
    public string Root => $"/v1/workspaces/{name}";
    public string Supervisor { get; private set; } = "";
    public string Integrator { get; private set; } = "";

    public static async Task<Center> Open(ApiServer server, string name, Action<JsonObject>? change = null)
    {
        var center = new Center(server, name);
        var configuration = Configuration();
        change?.Invoke(configuration);
        (await server.Put(center.Root + "/configuration", server.Administrator, configuration)).Expect(200);
        center.Supervisor = await server.NewKey("supervisor", name);
        center.Integrator = await server.NewKey("integrator", name);
        return center;
    }

    /// <summary>Agents ana and ben serve care, carla serves billing; nobody's offer rings out while a test runs.</summary>
    public static JsonObject Configuration() => JsonNode.Parse("""
        {
          "channels": [{ "name": "chat", "offerTimeoutSeconds": 600 }],
          "accounts": [{ "id": "@brand", "channel": "chat" }, { "id": "@other", "channel": "chat" }],
          "skills": [{ "name": "refunds" }],
          "queues": [{ "name": "care" }, { "name": "billing" }],
          "rules": [{ "name": "money", "when": [{ "attribute": "purpose", "values": ["billing"] }], "queue": "billing" }],
          "defaultQueue": "care",
          "agents": [
            { "id": "ana", "name": "Ana", "queues": ["care"], "capacity": 3 },
            { "id": "ben", "queues": ["care"], "capacity": 3 },
            { "id": "carla", "queues": ["billing"], "capacity": 3 }
          ],
          "presence": { "disconnectAfterSeconds": 0, "idleTimeoutSeconds": 0 }
        }
        """)!.AsObject();

    public Task<string> AgentKey(string agentId) => server.NewKey("agent", name, agentId);

    public static JsonObject Message(string id, string author = "joe", string text = "Hello?") => new()
    {
        ["messageId"] = id, ["channel"] = "chat", ["account"] = "@brand", ["author"] = author, ["text"] = text,
    };

    /// <summary>A message of a customer; the id of its case.</summary>
    public async Task<string> Write(string author, string text = "Hello?", string? purpose = null)
    {
        var message = Message($"{author}-{Interlocked.Increment(ref _messages)}", author, text);
        if (purpose is not null) message["purpose"] = purpose;
        var answer = await server.Post(Root + "/messages", Integrator, message);
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer.Body.Text("caseId");
    }

    public async Task<Desk> SignIn(string agentId, string activity = "available")
    {
        var desk = new Desk(this, agentId, await AgentKey(agentId));
        await desk.SignIn(activity);
        return desk;
    }
}
