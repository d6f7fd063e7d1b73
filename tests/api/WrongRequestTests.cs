using System.Text;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>Ten wrong requests of different kinds: each is refused with its type, and nothing is changed by it.</summary>
public sealed class WrongRequestTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Bad_JSON()
    {
        var center = await Center.Open(server, "bad-json");
        var answer = await Unchanged(() => server.Send(HttpMethod.Post, center.Root + "/messages", center.Integrator, "{\"messageId\": \"m1\",\n \"channel\": chat}"));
        answer.ExpectProblem(400, "malformed-request");
        Assert.Contains("line 2", answer.Body.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("$.channel", answer.Body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_queue()
    {
        var center = await Center.Open(server, "unknown-queue");
        var caseId = await center.Write("joe");
        var answer = await Unchanged(() => server.Post($"{center.Root}/cases/{caseId}/transfer", center.Supervisor, new JsonObject { ["queue"] = "nowhere" }));
        answer.ExpectProblem(422, "queue-unknown");
    }

    [Fact]
    public async Task Wrong_version()
    {
        var center = await Center.Open(server, "wrong-version");
        var caseId = await center.Write("joe");
        var path = $"{center.Root}/cases/{caseId}";
        var seen = (await server.Get(path, center.Supervisor)).Expect(200).ETag!;
        (await server.Post(path + "/priority", center.Supervisor, new JsonObject { ["class"] = 5 }, ("If-Match", seen))).Expect(200);
        var answer = await Unchanged(() => server.Post(path + "/priority", center.Supervisor, new JsonObject { ["class"] = 9 }, ("If-Match", seen)));
        answer.ExpectProblem(412, "version-mismatch");
    }

    [Fact]
    public async Task Missing_key()
    {
        var center = await Center.Open(server, "missing-key");
        var answer = await Unchanged(() => server.Post(center.Root + "/messages", null, Center.Message("m1")));
        answer.ExpectProblem(401, "unauthenticated");
        Assert.Equal("Bearer", Assert.Single(answer.Message.Headers.WwwAuthenticate).Scheme);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Oversize_body(bool lengthIsSaid)
    {
        var center = await Center.Open(server, "oversize-" + lengthIsSaid.ToString().ToLowerInvariant());
        var body = Center.Message("m1", text: new string('x', 1024 * 1024)).ToJsonString();
        using var http = server.NewHttp();
        var before = await server.Hash();
        using var request = new HttpRequestMessage(HttpMethod.Post, center.Root + "/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Api-Key", center.Integrator);
        // The server answers before the body is sent; a client that does not ask first may only see the connection close.
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = !lengthIsSaid;
        var response = await http.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains("problems/body-too-large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await server.Hash());
    }

    [Fact]
    public async Task Duplicate_message()
    {
        var center = await Center.Open(server, "duplicate");
        var first = (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).Expect(201);
        var again = (await Unchanged(() => server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1")))).Expect(200);
        Assert.True(again.Body!["duplicate"]!.GetValue<bool>());
        Assert.Equal(first.Body.Text("caseId"), again.Body.Text("caseId"));

        // The same id with other content is somebody's mistake, and told as one.
        (await Unchanged(() => server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1", "zoe", "Something else"))))
            .ExpectProblem(409, "message-id-reused");
    }

    [Fact]
    public async Task Unknown_skill_in_a_configuration()
    {
        var center = await Center.Open(server, "unknown-skill");
        var wrong = Center.Configuration();
        wrong["agents"]![0]!["skills"] = new JsonObject { ["juggling"] = 3 };
        var answer = await Unchanged(() => server.Put(center.Root + "/configuration", server.Administrator, wrong));
        answer.ExpectProblem(422, "configuration-invalid");
        var error = Assert.Single(answer.Body!["errors"]!.AsArray());
        Assert.Contains("agents[0].skills", error.Text("path"), StringComparison.Ordinal);
        Assert.Contains("juggling", error.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_of_an_ended_offer()
    {
        var center = await Center.Open(server, "ended-offer");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        var offer = await ana.Offered(caseId);
        (await server.Post($"{center.Root}/cases/{caseId}/transfer", center.Supervisor, new JsonObject { ["queue"] = "billing" })).Expect(200);
        await (await ana.Events()).Next("offer.ended");
        var answer = await Unchanged(() => ana.Accept(caseId, offer));
        answer.ExpectProblem(409, "offer-ended");
    }

    [Fact]
    public async Task Heartbeat_of_a_closed_session()
    {
        var center = await Center.Open(server, "closed-session");
        await using var ana = await center.SignIn("ana");
        (await server.Post($"{ana.Path}/sessions/{ana.Session}/heartbeat", ana.Key)).Expect(204);
        (await server.Delete($"{ana.Path}/sessions/{ana.Session}", ana.Key)).Expect(204);
        var answer = await Unchanged(() => server.Post($"{ana.Path}/sessions/{ana.Session}/heartbeat", ana.Key));
        answer.ExpectProblem(409, "session-closed");
    }

    [Fact]
    public async Task Reply_by_someone_who_does_not_hold_the_case()
    {
        var center = await Center.Open(server, "not-holder");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        await ana.Take(caseId);
        await using var ben = await center.SignIn("ben");
        foreach (var (action, body) in new[]
        {
            ("reply", new JsonObject { ["text"] = "Mine now" }), ("wait", new JsonObject { ["for"] = "customer" }), ("close", []),
            ("transfer", new JsonObject { ["queue"] = "billing" }), ("transfer", new JsonObject { ["agent"] = "ben" }),
            ("escalate", new JsonObject { ["to"] = "legal", ["followUpAt"] = "2040-01-01T00:00:00Z" }),
        })
            (await Unchanged(() => ben.Act(caseId, action, body))).ExpectProblem(409, "not-holder");
        (await Unchanged(() => ana.Act(caseId, "reply", new JsonObject { ["text"] = "Hi", ["account"] = "@other" }))).ExpectProblem(403, "wrong-account");
    }

    private async Task<Answer> Unchanged(Func<Task<Answer>> request)
    {
        var before = await server.Hash();
        var answer = await request();
        Assert.Equal(before, await server.Hash());
        return answer;
    }
}
