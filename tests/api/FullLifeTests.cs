using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>A case's whole life, from the outside only.</summary>
public sealed class FullLifeTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task From_the_first_message_to_the_reopening()
    {
        var center = await Center.Open(server, "life");
        var caseId = await center.Write("joe", "My parcel is broken.");
        var path = $"{center.Root}/cases/{caseId}";
        Assert.Equal("queued", (await Read()).Text("status"));
        var why = (await server.Get(path + "/explain", center.Supervisor)).Expect(200).Body!;
        Assert.Equal(1, why["waiting"]!["place"]!.GetValue<int>());
        Assert.Equal(["ana", "ben"], why["waiting"]!["agents"]!.AsArray().Select(agent => agent.Text("agent")));
        Assert.All(why["waiting"]!["agents"]!.AsArray(), agent => Assert.Equal("offline", agent.Text("code")));

        await using var ana = await center.SignIn("ana");
        var offer = await ana.Offered(caseId);
        var asked = await Read();
        Assert.Equal(("offered", "ana", offer), (asked.Text("status"), asked["offers"]![0].Text("agent"), asked["offers"]![0].Text("id")));

        var taken = (await ana.Accept(caseId, offer)).Expect(200);
        Assert.Equal(("assigned", "ana", "new"), (taken.Body.Text("status"), taken.Body.Text("holder"), taken.Body.Text("shown")));
        Assert.Equal(taken.ETag, $"\"{taken.Body!["version"]}\"");
        Assert.NotEmpty((await server.Get(path + "/explain", center.Supervisor)).Body.Text("routedBecause"));

        var answered = (await ana.Act(caseId, "reply", new JsonObject { ["text"] = "We send a new one." }, ("If-Match", taken.ETag!))).Expect(200).Body!;
        Assert.Equal(("pending", 1), (answered.Text("shown"), answered["answers"]!.GetValue<int>()));
        (await ana.Act(caseId, "notes", new JsonObject { ["text"] = "Third time this month." })).Expect(200);
        Assert.Equal("waiting", (await ana.Act(caseId, "wait", new JsonObject { ["for"] = "customer" })).Expect(200).Body.Text("status"));

        Assert.Equal(caseId, await center.Write("joe", "Thanks, where is it?"));
        Assert.NotEqual("waiting", (await Read()).Text("status"));
        if ((await Read()).Text("status") != "assigned") await ana.Take(caseId);

        Assert.Equal("billing", (await ana.Act(caseId, "transfer", new JsonObject { ["queue"] = "billing" })).Expect(200).Body.Text("queue"));
        await using var carla = await center.SignIn("carla");
        await carla.Take(caseId);
        var closed = (await carla.Act(caseId, "close", new JsonObject { ["rating"] = "positive", ["reason"] = "replaced" })).Expect(200).Body!;
        Assert.Equal(("closed", "positive", "handled"), (closed.Text("status"), closed.Text("rating"), closed.Text("closeKind")));

        Assert.Equal(caseId, await center.Write("joe", "One more thing."));
        Assert.NotEqual("closed", (await Read()).Text("status"));

        var timeline = (await server.Get(path + "/timeline", center.Supervisor)).Expect(200).Body!["items"]!.AsArray();
        var types = timeline.Select(item => item.Text("type")).ToArray();
        string[] expected =
        [
            "case.opened", "case.message-received", "case.queued", "case.offered", "case.assigned", "case.answered", "case.note-added", "case.waiting",
            "case.closed",
        ];
        Assert.Equal(expected, expected.Where(types.Contains));
        Assert.Equal(Enumerable.Range(1, types.Length), timeline.Select(item => item!["version"]!.GetValue<int>()));
        Assert.Equal("agent:ana", timeline.First(item => item.Text("type") == "case.answered").Text("by"));
        Assert.Equal("My parcel is broken.", timeline[1]!["data"].Text("text"));

        var customer = (await server.Get($"{center.Root}/customers/chat:joe", center.Supervisor)).Expect(200).Body!;
        Assert.Equal(1, customer["cases"]!.GetValue<int>());
        Assert.Single((await server.Get($"{center.Root}/customers/chat:joe/cases", center.Supervisor)).Expect(200).Body!["items"]!.AsArray());

        async Task<JsonNode> Read() => (await server.Get(path, center.Supervisor)).Expect(200).Body!;
    }

    [Fact]
    public async Task A_supervisor_reassigns_prioritises_and_signs_people_out()
    {
        var center = await Center.Open(server, "supervisor");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        await ana.Take(caseId);
        var path = $"{center.Root}/cases/{caseId}";
        await using var ben = await center.SignIn("ben");

        var assigned = (await server.Post(path + "/assign", center.Supervisor, new JsonObject { ["agent"] = "ben" })).Expect(200).Body!;
        Assert.Equal("ben", assigned.Text("holder"));
        await (await ben.Events()).Next();
        Assert.Equal(caseId, (await server.Get(ben.Path, center.Supervisor)).Body!["holdings"]![0].Text("caseId"));
        (await server.Post(path + "/assign", center.Supervisor, new JsonObject { ["agent"] = "nobody" })).ExpectProblem(404, "agent-unknown");

        // Who holds it may hand it on.
        Assert.Equal("ana", (await ben.Act(caseId, "transfer", new JsonObject { ["agent"] = "ana" })).Expect(200).Body.Text("holder"));
        Assert.Equal(7, (await server.Post(path + "/priority", center.Supervisor, new JsonObject { ["class"] = 7, ["boost"] = 1.5 })).Expect(200).Body!["class"]!.GetValue<int>());

        (await server.Post(ana.Path + "/logout", center.Supervisor)).Expect(200);
        Assert.Equal("offline", (await server.Get(ana.Path, center.Supervisor)).Body.Text("presence"));
        (await server.Post($"{ana.Path}/sessions/{ana.Session}/heartbeat", ana.Key)).ExpectProblem(409, "session-closed");
        Assert.Equal(caseId, await Taken(ben));

        async Task<string> Taken(Desk desk) => (await desk.Take(caseId)).Text("id");
    }

    [Fact]
    public async Task A_decline_sends_the_case_to_another_agent()
    {
        var center = await Center.Open(server, "decline");
        await using var ana = await center.SignIn("ana");
        var caseId = await center.Write("joe");
        var offer = await ana.Offered(caseId);
        await using var ben = await center.SignIn("ben");
        (await ana.Decline(caseId, offer)).Expect(200);
        await ben.Take(caseId);
        (await ana.Accept(caseId, offer)).ExpectProblem(409, "offer-ended");
    }

    [Fact]
    public async Task A_customer_who_leaves_and_a_case_that_is_escalated()
    {
        var center = await Center.Open(server, "leaves");
        var gone = await center.Write("joe");
        Assert.Equal("abandoned", (await server.Post($"{center.Root}/cases/{gone}/abandon", center.Integrator)).Expect(200).Body.Text("closeKind"));
        (await server.Post($"{center.Root}/cases/{gone}/abandon", center.Integrator)).ExpectProblem(409, "illegal-transition");

        var legal = await center.Write("zoe");
        var body = new JsonObject { ["to"] = "legal", ["followUpAt"] = "2040-01-01T00:00:00+02:00" };
        var escalated = (await server.Post($"{center.Root}/cases/{legal}/escalate", center.Supervisor, body)).Expect(200).Body!;
        Assert.Equal(("escalated", "legal", "2039-12-31T22:00:00Z"), (escalated.Text("status"), escalated.Text("escalatedTo"), escalated.Text("followUpAt")));
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged()
    {
        var center = await Center.Open(server, "lists");
        var care = new List<string>();
        for (var i = 0; i < 5; i++) care.Add(await center.Write("care" + i));
        var billing = await center.Write("payer", purpose: "billing");

        Assert.Equal([billing], await Ids("?queue=billing"));
        Assert.Equal([care[2]], await Ids("?customer=chat:care2"));
        Assert.Empty(await Ids("?status=closed"));
        Assert.Equal(6, (await Ids("?open=true&status=queued")).Length);

        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await server.Get($"{center.Root}/cases?limit=2&queue=care" + (cursor is null ? "" : "&cursor=" + cursor), center.Supervisor)).Expect(200).Body!;
            paged.AddRange(page["items"]!.AsArray().Select(item => item.Text("id")));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Reverse(care), paged);

        var queues = (await server.Get(center.Root + "/queues", center.Supervisor)).Expect(200).Body!["items"]!.AsArray();
        Assert.Equal((5, 1), (Waiting("care"), Waiting("billing")));

        int Waiting(string queue) => queues.Single(item => item.Text("queue") == queue)!["waiting"]!.GetValue<int>();
        async Task<string[]> Ids(string query) =>
            [.. (await server.Get(center.Root + "/cases" + query, center.Supervisor)).Expect(200).Body!["items"]!.AsArray().Select(item => item.Text("id"))];
    }

    [Fact]
    public async Task Ids_with_slashes_and_other_alphabets_are_ids_like_others()
    {
        var center = await Center.Open(server, "ids");
        await center.Write("a/b ñ%41");
        var customer = (await server.Get($"{center.Root}/customers/{Uri.EscapeDataString("chat:a/b ñ%41")}", center.Supervisor)).Expect(200).Body!;
        Assert.Equal("a/b ñ%41", customer.Text("author"));
    }

    [Fact]
    public async Task What_the_caller_has_already_is_not_sent_again()
    {
        var center = await Center.Open(server, "not-modified");
        var path = $"{center.Root}/cases/{await center.Write("joe")}";
        var seen = (await server.Get(path, center.Supervisor)).Expect(200).ETag!;
        (await server.Send(HttpMethod.Get, path, center.Supervisor, null, ("If-None-Match", seen))).Expect(304);
    }
}
