using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>Whatever is repeated is done once.</summary>
public sealed class IdempotencyTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_message_that_arrives_many_times_at_once_is_in_one_case_once()
    {
        var center = await Center.Open(server, "storm");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(39, answers.Count(answer => answer is { Status: 200 } && answer.Body!["duplicate"]!.GetValue<bool>()));
        var caseId = Assert.Single(answers.Select(answer => answer.Body.Text("caseId")).Distinct());
        Assert.Equal(1, (await server.Get($"{center.Root}/cases/{caseId}", center.Supervisor)).Body!["messages"]!.GetValue<int>());
    }

    [Fact]
    public async Task First_messages_of_one_thread_at_once_open_one_case()
    {
        var center = await Center.Open(server, "thread");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.Post(center.Root + "/messages", center.Integrator, Center.Message("m" + i))));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 201 }));
        Assert.Single(answers, answer => answer.Status == 201);
        var caseId = Assert.Single(answers.Select(answer => answer.Body.Text("caseId")).Distinct());
        Assert.Equal(40, (await server.Get($"{center.Root}/cases/{caseId}", center.Supervisor)).Body!["messages"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_repeated_command_is_done_once_and_answered_the_same()
    {
        var center = await Center.Open(server, "repeat");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        await ana.Take(caseId);
        var reply = new JsonObject { ["text"] = "Hello." };
        var first = (await ana.Act(caseId, "reply", reply, ("Idempotency-Key", "r1"))).Expect(200);
        var before = await server.Hash();
        var again = (await ana.Act(caseId, "reply", reply.DeepClone(), ("Idempotency-Key", "r1"))).Expect(200);
        Assert.Equal(before, await server.Hash());
        Assert.Equal(first.Body!["version"]!.GetValue<long>(), again.Body!["version"]!.GetValue<long>());

        // Another action with the same key is another effect; so is another caller's.
        Assert.Equal("waiting", (await ana.Act(caseId, "wait", new JsonObject { ["for"] = "customer" }, ("Idempotency-Key", "r1"))).Expect(200).Body.Text("status"));
    }

    [Fact]
    public async Task A_repeated_transfer_between_agents_is_done_once()
    {
        var center = await Center.Open(server, "hand-over");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        await ana.Take(caseId);
        await using var ben = await center.SignIn("ben");
        var transfer = new JsonObject { ["agent"] = "ben" };
        (await ana.Act(caseId, "transfer", transfer, ("Idempotency-Key", "t1"))).Expect(200);
        var before = await server.Hash();
        var again = (await ana.Act(caseId, "transfer", transfer.DeepClone(), ("Idempotency-Key", "t1"))).Expect(200);
        Assert.Equal("ben", again.Body.Text("holder"));
        Assert.Equal(before, await server.Hash());
    }

    [Fact]
    public async Task The_same_session_again_is_the_same_session()
    {
        var center = await Center.Open(server, "session");
        var key = await center.AgentKey("ana");
        var body = new JsonObject { ["sessionId"] = "tablet", ["activity"] = "available" };
        (await server.Post(center.Root + "/agents/ana/sessions", key, body)).Expect(201);
        var again = (await server.Post(center.Root + "/agents/ana/sessions", key, body.DeepClone())).Expect(201);
        Assert.Single(again.Body!["agent"]!["sessions"]!.AsArray());
    }
}
