using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>What the document says is what is served, and the other way round.</summary>
public sealed class OpenApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    /// <summary>Not for the document: itself, the page, and the hub, which OpenAPI has no words for.</summary>
    private static readonly string[] Elsewhere = ["/openapi/{documentName}.json", "/", "/v1/live", "/v1/live/negotiate"];

    [Fact]
    public async Task Every_served_route_is_in_the_document_and_no_other()
    {
        var document = await Document();
        var documented = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var served = RouteTable.Of(server.App).Where(route => !Elsewhere.Contains(route.Pattern)).Select(route => $"{route.Method} {route.Pattern}");
        Assert.Equal(served.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_summary_its_refusals_and_its_security()
    {
        var document = await Document();
        var schemes = document["components"]!["securitySchemes"]!.AsObject();
        Assert.Equal("bearer", schemes["bearer"].Text("scheme"));
        foreach (var (path, operations) in document["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["summary"] is not null && operation["tags"]!.AsArray().Count == 1, $"{method} {path}");
                if (!path.StartsWith("/v1/", StringComparison.Ordinal)) continue;
                Assert.True(operation["security"]!.AsArray().Count == 2, $"{method} {path} has no security.");
                foreach (var status in new[] { "400", "401", "403", "503", "504" })
                    Assert.True(operation["responses"]![status]?["content"]?["application/problem+json"]?["schema"] is not null, $"{method} {path} has no {status}.");
                Assert.Contains(operation["responses"]!.AsObject(), response => response.Key.StartsWith('2'));
                var named = Regex.Matches(path, "{(.*?)}").Select(match => match.Groups[1].Value);
                var parameters = operation["parameters"]?.AsArray().Where(parameter => parameter.Text("in") == "path").Select(parameter => parameter.Text("name")) ?? [];
                Assert.Equal(named.Order(StringComparer.Ordinal), parameters.Order(StringComparer.Ordinal));
            }
    }

    [Fact]
    public async Task Bodies_are_described_with_what_they_require()
    {
        var document = await Document();
        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.Equal(["account", "author", "channel", "messageId", "text"],
            schemas["MessageRequest"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Contains("Idempotency-Key", document["paths"]!["/v1/workspaces/{workspace}/cases/{caseId}/reply"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(document["paths"]!["/v1/workspaces/{workspace}/configuration"]!["put"]!["requestBody"]);
        Assert.NotNull(document["paths"]!["/v1/workspaces/{workspace}/live"]!["get"]!["responses"]!["200"]!["content"]!["text/event-stream"]);
    }

    [Fact]
    public async Task Names_of_operations_are_unique_and_times_are_texts()
    {
        var document = await Document();
        Assert.Distinct(document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value.Text("operationId")));
        var properties = document["components"]!["schemas"]!["CaseView"]!["properties"]!;
        Assert.Equal(("string", "date-time"), (properties["createdAt"].Text("type"), properties["createdAt"].Text("format")));
        Assert.Equal("date-time", properties["closedAt"].Text("format"));

        // Members that are null are left out, so none of them may be called required.
        var required = document["components"]!["schemas"]!["CaseView"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray();
        Assert.Contains("createdAt", required);
        Assert.DoesNotContain("holder", required);
        Assert.DoesNotContain("closedAt", required);
    }

    private async Task<JsonNode> Document() => (await server.Get("/openapi/v1.json")).Expect(200).Body!;
}
