using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>Bad values are named with their path, and nothing of them is half applied.</summary>
public sealed class ValidationTests(ApiServer server) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private Center _center = null!;
    private string _before = "";

    public async ValueTask InitializeAsync()
    {
        _center = await Center.Open(server, $"w{Guid.NewGuid():n}");
        _before = await server.Hash();
    }

    public async ValueTask DisposeAsync() => Assert.Equal(_before, await server.Hash());

    [Theory]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe"}""", 400, null)]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":null}""", 400, "$.text")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","extra":1}""", 400, "$.extra")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","Reach":1}""", 400, "$.Reach")]
    [InlineData("""{"messageId":"m","messageId":"n","channel":"chat","account":"@brand","author":"joe","text":"x"}""", 400, "$.messageId")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","reach":"many"}""", 400, "$.reach")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","reach":99999999999}""", 400, "$.reach")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","surface":"secret"}""", 400, "$.surface")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","surface":1}""", 400, "$.surface")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","sentAt":"yesterday"}""", 400, "$.sentAt")]
    [InlineData("""[1,2]""", 400, "$")]
    [InlineData("", 400, null)]
    [InlineData("null", 400, null)]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","reach":-1}""", 422, "reach")]
    [InlineData("""{"messageId":"","channel":"chat","account":"@brand","author":"joe","text":"x"}""", 422, "messageId")]
    [InlineData("""{"messageId":"m","channel":"ch/at","account":"@brand","author":"joe","text":"x"}""", 422, "channel")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"jo\ne","text":"x"}""", 422, "author")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x\u0000"}""", 422, "text")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x","attributes":{"plan":null}}""", 422, "attributes.plan")]
    [InlineData("""{"messageId":"m","channel":"phone","account":"@brand","author":"joe","text":"x"}""", 422, "channel-unknown")]
    [InlineData("""{"messageId":"m","channel":"chat","account":"@nobody","author":"joe","text":"x"}""", 422, "account-unknown")]
    public async Task Bad_messages(string body, int status, string? field)
    {
        var answer = await server.Send(HttpMethod.Post, _center.Root + "/messages", _center.Integrator, body);
        answer.Expect(status);
        if (field?.EndsWith("-unknown", StringComparison.Ordinal) == true) Assert.Equal(field, answer.Problem);
        else Assert.Equal(status == 400 ? "malformed-request" : "invalid-value", answer.Problem);
        if (field is not null && !field.EndsWith("-unknown", StringComparison.Ordinal)) Assert.Equal(field, answer.Body.Text("field"));
        Assert.DoesNotContain("RoutingGrid.Api", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_values_are_all_named()
    {
        var message = Center.Message(new string('m', 201), new string('a', 201), new string('x', 64 * 1024 + 1));
        message["attributes"] = new JsonObject(Enumerable.Range(0, 51).Select(i => KeyValuePair.Create("a" + i, (JsonNode?)"v")));
        var answer = (await server.Post(_center.Root + "/messages", _center.Integrator, message)).ExpectProblem(422, "invalid-value");
        Assert.Equal(["messageId", "author", "text", "attributes"], answer.Body!["errors"]!.AsArray().Select(error => error.Text("path")));
    }

    [Fact]
    public async Task Half_a_character_is_refused()
    {
        var body = """{"messageId":"m","channel":"chat","account":"@brand","author":"joe","text":"x\ud800"}""";
        Assert.Contains((await server.Send(HttpMethod.Post, _center.Root + "/messages", _center.Integrator, body)).Status, new[] { 400, 422 });
    }

    [Theory]
    [InlineData("/cases?limit=0", 422, "invalid-value")]
    [InlineData("/cases?limit=1000000", 422, "invalid-value")]
    [InlineData("/cases?limit=many", 400, "malformed-request")]
    [InlineData("/cases?status=lost", 422, "invalid-value")]
    [InlineData("/cases?status=none", 422, "invalid-value")]
    [InlineData("/cases?cursor=made-up", 422, "invalid-value")]
    [InlineData("/cases/none", 404, "case-unknown")]
    [InlineData("/cases/none/explain", 404, "case-unknown")]
    [InlineData("/customers/chat:none", 404, "customer-unknown")]
    [InlineData("/agents/none", 404, "agent-unknown")]
    [InlineData("/agents/none/events", 404, "agent-unknown")]
    public async Task Bad_reads(string path, int status, string type) =>
        (await server.Get(_center.Root + path, _center.Supervisor)).ExpectProblem(status, type);

    [Fact]
    public async Task Bad_headers()
    {
        foreach (var (name, value) in new[] { ("If-Match", "7"), ("If-Match", "\"x\""), ("If-Match", "W/\"7\""), ("Idempotency-Key", new string('k', 201)) })
        {
            var answer = await server.Post(_center.Root + "/cases/x/priority", _center.Supervisor, new JsonObject { ["class"] = 1 }, (name, value));
            answer.ExpectProblem(422, "invalid-value");
            Assert.Equal(name, answer.Body.Text("field"));
        }
    }

    [Fact]
    public async Task Unknown_workspaces_do_not_come_into_being()
    {
        (await server.Get("/v1/workspaces/nowhere/configuration", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Get("/v1/workspaces/nowhere/queues", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Get("/v1/workspaces/nowhere/wallboard", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Get("/v1/workspaces/nowhere/live", server.Administrator)).ExpectProblem(404, "workspace-unknown");
        (await server.Post("/v1/workspaces/nowhere/messages", server.Administrator, Center.Message("m"))).ExpectProblem(404, "workspace-unknown");
        (await server.Put("/v1/workspaces/no:where/configuration", server.Administrator, Center.Configuration())).ExpectProblem(422, "invalid-value");
    }
}
