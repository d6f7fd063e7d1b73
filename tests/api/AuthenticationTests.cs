using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Tests;

/// <summary>Nobody gets in without a key, nor with the wrong one, on any route; and nothing is changed or shown by trying.</summary>
public sealed class AuthenticationTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly string[] Open = ["GET /health/live", "GET /health/ready", "GET /openapi/{documentName}.json", "GET /"];

    [Fact]
    public async Task Every_route_needs_a_key_but_for_the_named_ones()
    {
        var before = await server.Hash();
        var tried = 0;
        foreach (var route in RouteTable.Of(server.App))
        {
            if (Open.Contains($"{route.Method} {route.Pattern}")) continue;
            var answer = await server.Send(new HttpMethod(route.Method), route.Path("w", "ana"), null, body: "{ not even JSON");
            answer.ExpectProblem(401, "unauthenticated");
            Assert.Contains("Bearer", answer.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            tried++;
        }
        Assert.True(tried > 30, $"Only {tried} routes were tried.");
        Assert.Equal(before, await server.Hash());
    }

    [Fact]
    public async Task Every_route_refuses_every_role_that_it_is_not_for()
    {
        await Center.Open(server, "roles");
        var keys = new Dictionary<Role, string>
        {
            [Role.Administrator] = server.Administrator,
            [Role.Supervisor] = await server.NewKey("supervisor", "roles"),
            [Role.Agent] = await server.NewKey("agent", "roles", "ana"),
            [Role.Integrator] = await server.NewKey("integrator", "roles"),
        };
        var before = await server.Hash();
        var tried = 0;
        foreach (var route in RouteTable.Of(server.App).Where(route => route.May is not null))
            foreach (var (role, key) in keys)
            {
                if (route.May!.Roles.Contains(role)) continue;
                (await server.Send(new HttpMethod(route.Method), route.Path("roles", "ana"), key, body: "{ not even JSON")).ExpectProblem(403, "forbidden");
                tried++;
            }
        Assert.True(tried > 30, $"Only {tried} were tried.");
        Assert.Equal(before, await server.Hash());
    }

    [Fact]
    public async Task A_key_of_one_workspace_does_not_open_another()
    {
        await Center.Open(server, "mine");
        await Center.Open(server, "theirs");
        foreach (var (role, agent) in new[] { ("supervisor", null), ("integrator", null), ("agent", "ana"), ("administrator", (string?)null) })
        {
            var key = await server.NewKey(role, "mine", agent);
            Assert.NotEqual(403, (await server.Get("/v1/workspaces/mine/cases", key)).Status);
            (await server.Get("/v1/workspaces/theirs/cases", key)).ExpectProblem(403, "forbidden");
        }
    }

    [Fact]
    public async Task An_agents_key_speaks_for_that_agent_only()
    {
        var center = await Center.Open(server, "speaks");
        var ana = await center.AgentKey("ana");
        (await server.Get(center.Root + "/agents/ana", ana)).Expect(200);
        (await server.Get(center.Root + "/agents/ben", ana)).ExpectProblem(403, "forbidden");
        (await server.Get(center.Root + "/agents/ben/events", ana)).ExpectProblem(403, "forbidden");
        (await server.Post(center.Root + "/agents/ben/sessions", ana, new JsonObject())).ExpectProblem(403, "forbidden");
        (await server.Get(center.Root + "/cases?agent=ben", ana)).ExpectProblem(403, "forbidden");
        var listed = (await server.Get(center.Root + "/agents", ana)).Expect(200).Body!["items"]!.AsArray();
        Assert.Equal("ana", Assert.Single(listed).Text("id"));
    }

    [Fact]
    public async Task An_agent_sees_only_cases_that_are_theirs_to_see()
    {
        var center = await Center.Open(server, "sees");
        await using var ana = await center.SignIn("ana");
        var ben = await center.AgentKey("ben");
        var caseId = await center.Write("joe");
        await ana.Take(caseId);

        (await server.Get($"{center.Root}/cases/{caseId}", ana.Key)).Expect(200);
        (await server.Get($"{center.Root}/cases/{caseId}", ben)).ExpectProblem(404, "case-unknown");
        (await server.Get($"{center.Root}/cases/{caseId}/timeline", ben)).ExpectProblem(404, "case-unknown");
        (await server.Post($"{center.Root}/cases/{caseId}/notes", ben, new JsonObject { ["text"] = "spy" })).ExpectProblem(404, "case-unknown");
        (await server.Get($"{center.Root}/customers/chat:joe", ana.Key)).Expect(200);
        (await server.Get($"{center.Root}/customers/chat:joe", ben)).ExpectProblem(404, "customer-unknown");
        (await server.Get($"{center.Root}/customers/chat:joe/cases", ben)).ExpectProblem(404, "customer-unknown");
        Assert.Empty((await server.Get(center.Root + "/cases", ben)).Expect(200).Body!["items"]!.AsArray());
        Assert.Single((await server.Get(center.Root + "/cases", ana.Key)).Expect(200).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_wrong_and_a_revoked_key_are_refused()
    {
        (await server.Get("/v1/keys", "rg_nobody")).ExpectProblem(401, "unauthenticated");
        (await server.Get("/v1/keys", new string('x', 5000))).ExpectProblem(401, "unauthenticated");
        var made = (await server.Post("/v1/keys", server.Administrator, new JsonObject { ["role"] = "supervisor", ["name"] = "short-lived" })).Expect(201).Body!;
        var (secret, id) = (made.Text("secret"), made["key"].Text("id"));
        Assert.Equal(403, (await server.Get("/v1/keys", secret)).Status);

        (await server.Delete("/v1/keys/" + id, server.Administrator)).Expect(204);

        var refused = (await server.Get("/v1/keys", secret)).ExpectProblem(401, "unauthenticated");
        Assert.Contains("invalid_token", refused.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        (await server.Delete("/v1/keys/" + id, server.Administrator)).ExpectProblem(404, "key-unknown");
    }

    [Fact]
    public async Task The_last_administrators_key_cannot_be_revoked()
    {
        var first = (await server.Get("/v1/keys", server.Administrator)).Expect(200).Body!["items"]!.AsArray()
            .Single(key => key.Text("role") == "administrator" && key!["workspace"] is null).Text("id");
        (await server.Delete("/v1/keys/" + first, server.Administrator)).ExpectProblem(409, "last-administrator");
    }

    [Fact]
    public async Task An_administrator_of_one_workspace_makes_and_sees_keys_of_it_only()
    {
        var bound = await server.NewKey("administrator", "bound");
        (await server.Post("/v1/keys", bound, new JsonObject { ["role"] = "supervisor" })).ExpectProblem(403, "forbidden");
        (await server.Post("/v1/keys", bound, new JsonObject { ["role"] = "supervisor", ["workspace"] = "bound" })).Expect(201);
        var seen = (await server.Get("/v1/keys", bound)).Expect(200).Body!["items"]!.AsArray();
        Assert.All(seen, key => Assert.Equal("bound", key.Text("workspace")));
        (await server.Delete("/v1/keys/k1", bound)).ExpectProblem(404, "key-unknown");
    }

    [Fact]
    public async Task A_key_in_the_query_is_for_streams_only()
    {
        var center = await Center.Open(server, "query");
        (await server.Get($"{center.Root}/cases?access_token={center.Supervisor}")).ExpectProblem(401, "unauthenticated");
        await using var events = await EventReader.Open(server.NewHttp(), $"{center.Root}/live?access_token={center.Supervisor}", key: null);
        Assert.Equal("wallboard", (await events.Next()).Name);
    }

    [Fact]
    public async Task The_other_header_works_too_and_secrets_are_never_listed()
    {
        (await server.Send(HttpMethod.Get, "/v1/keys", null, null, ("X-Api-Key", server.Administrator))).Expect(200);
        var listed = (await server.Get("/v1/keys", server.Administrator)).Expect(200);
        Assert.DoesNotContain("rg_", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", listed.Text, StringComparison.OrdinalIgnoreCase);
    }
}
