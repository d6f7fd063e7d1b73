using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

public sealed class ConfigurationTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_configuration_comes_back_as_it_was_sent_with_its_defaults_and_version()
    {
        const string path = "/v1/workspaces/roundtrip/configuration";
        var put = (await server.Put(path, server.Administrator, Center.Configuration())).Expect(200);
        Assert.Equal("\"1\"", put.ETag);
        var got = (await server.Get(path, server.Administrator)).Expect(200);
        Assert.Equal("\"1\"", got.ETag);
        Assert.Equal(1, got.Body!["version"]!.GetValue<long>());
        var configuration = got.Body["configuration"]!;
        Assert.Equal("unavailable", configuration["queues"]![0].Text("ronaActivity"));
        Assert.Equal("available", configuration["activities"]![0].Text("name"));
        Assert.Equal(600, configuration["channels"]![0]!["offerTimeoutSeconds"]!.GetValue<int>());

        // What was read can be written: nothing is lost or added on the way.
        var again = (await server.Put(path, server.Administrator, configuration.DeepClone(), ("If-Match", "\"1\""))).Expect(200);
        Assert.True(JsonNode.DeepEquals(configuration, again.Body!["configuration"]));
    }

    [Fact]
    public async Task A_wrong_version_is_refused()
    {
        const string path = "/v1/workspaces/versions/configuration";
        (await server.Put(path, server.Administrator, Center.Configuration(), ("If-None-Match", "*"))).Expect(200);
        var before = await server.Hash();
        (await server.Put(path, server.Administrator, Center.Configuration(), ("If-None-Match", "*"))).ExpectProblem(412, "version-mismatch");
        (await server.Put(path, server.Administrator, Center.Configuration(), ("If-Match", "\"7\""))).ExpectProblem(412, "version-mismatch");
        Assert.Equal(before, await server.Hash());
        (await server.Put(path, server.Administrator, Center.Configuration(), ("If-Match", "\"1\""))).Expect(200);
    }

    [Fact]
    public async Task Every_error_is_listed_with_its_path_and_nothing_is_changed()
    {
        var wrong = Center.Configuration();
        wrong["defaultQueue"] = "nowhere";
        wrong["rules"]![0]!["skills"] = new JsonObject { ["juggling"] = 2 };
        wrong["agents"]![1]!["queues"]!.AsArray().Add("elsewhere");
        var before = await server.Hash();
        var answer = (await server.Put("/v1/workspaces/errors/configuration", server.Administrator, wrong)).ExpectProblem(422, "configuration-invalid");
        var errors = answer.Body!["errors"]!.AsArray();
        Assert.True(errors.Count >= 3, answer.Text);
        Assert.All(errors, error => Assert.NotEmpty(error.Text("path")));
        Assert.Contains(errors, error => error.Text("path").Contains("defaultQueue", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Text("path").Contains("agents[1]", StringComparison.Ordinal));
        Assert.Equal(before, await server.Hash());
        (await server.Get("/v1/workspaces/errors/configuration", server.Administrator)).ExpectProblem(404, "workspace-unknown");
    }

    [Theory]
    [InlineData("""{"queues":[null]}""", "$")]
    [InlineData("""{"queues":null}""", "$.queues")]
    [InlineData("""{"queues":[{"name":"a","colour":"red"}]}""", "$.queues[0].colour")]
    [InlineData("""{"queues":[{}]}""", "$.queues[0]")]
    [InlineData("""{"queues":[{"name":null}]}""", "$.queues[0].name")]
    [InlineData("""{"agents":[{"id":"ana","queues":["a",null]}]}""", "$")]
    [InlineData("""{"agents":[{"id":"ana","skills":{"es":"good"}}]}""", "$.agents[0].skills.es")]
    [InlineData("""{"presence":null}""", "$.presence")]
    [InlineData("null", "$")]
    public async Task What_cannot_be_read_is_named(string body, string path)
    {
        var before = await server.Hash();
        var answer = (await server.Send(HttpMethod.Put, "/v1/workspaces/shape/configuration", server.Administrator, body)).ExpectProblem(400, "malformed-request");
        Assert.Equal(path, answer.Body.Text("field"));
        Assert.Equal(before, await server.Hash());
    }
}
