using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Live;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Tests;

public sealed class LiveTests(LiveTests.StillServer server) : IClassFixture<LiveTests.StillServer>
{
    [Fact]
    public async Task An_agents_stream_begins_with_a_snapshot_and_tells_what_happens()
    {
        var center = await Center.Open(server, "stream");
        await using var ana = await center.SignIn("ana");
        var events = await ana.Events();
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.True(events.Response.Headers.CacheControl!.NoStore);
        var snapshot = await events.Next();
        Assert.Equal(("agent.snapshot", "1", "stream", "ana"), (snapshot.Name, snapshot.Id, snapshot.Data.Text("workspace"), snapshot.Data.Text("agentId")));
        Assert.Equal("available", snapshot.Data["agent"].Text("activity"));

        var caseId = await center.Write("joe");
        var made = await events.Next("offer.made");
        Assert.Equal(caseId, made.Data["holding"].Text("caseId"));
        (await ana.Accept(caseId, made.Data["holding"].Text("offerId"))).Expect(200);
        Assert.True((await events.Next("case.assigned")).Data["holding"]!["held"]!.GetValue<bool>());
        (await server.Put(ana.Path + "/activity", ana.Key, new JsonObject { ["activity"] = "break" })).Expect(200);
        while ((await events.Next("agent.changed")).Data["agent"].Text("activity") != "break") { }
    }

    [Fact]
    public async Task A_supervisor_watches_an_agent_and_the_wallboard()
    {
        var center = await Center.Open(server, "watch");
        await using var agent = await EventReader.Open(server.NewHttp(), center.Root + "/agents/ana/events", center.Supervisor);
        Assert.Equal("offline", (await agent.Next("agent.snapshot")).Data["agent"].Text("presence"));
        await using var wallboard = await EventReader.Open(server.NewHttp(), center.Root + "/live", center.Supervisor);
        Assert.Equal(0, (await wallboard.Next("wallboard")).Data["total"]!["arrived"]!.GetValue<int>());
        await center.Write("joe");
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        while ((await wallboard.Next("wallboard")).Data["total"]!["arrived"]!.GetValue<int>() != 1) { }
        var read = (await server.Get(center.Root + "/wallboard", center.Supervisor)).Expect(200).Body!;
        Assert.Equal(1, read["total"]!["arrived"]!.GetValue<int>());
        await using var ana = await center.SignIn("ana");
        while ((await agent.Next("agent.changed")).Data["agent"].Text("presence") != "connected") { }
    }

    [Fact]
    public async Task Streams_show_signs_of_life_and_renew_with_a_snapshot()
    {
        StillServer.SkipWithoutStillClock();
        var center = await Center.Open(server, "beats");
        await using var events = await EventReader.Open(server.NewHttp(), center.Root + "/agents/ana/events", center.Supervisor);
        await events.Next("agent.snapshot");
        server.Clock.Advance(Feed.Beat);
        await events.UntilComments(1);
        server.Clock.Advance(Feed.Beat);
        Assert.Equal("2", (await events.Next("agent.snapshot")).Id);

        // Four beats later than the subscription it would have expired, had it not been renewed.
        for (var i = 0; i < 4; i++)
        {
            server.Clock.Advance(Feed.Beat);
            await events.UntilComments(events.Comments + 1);
        }
        await using var ana = await center.SignIn("ana");
        await events.Next("agent.changed");
    }

    [Fact]
    public async Task A_revoked_key_ends_its_streams()
    {
        StillServer.SkipWithoutStillClock();
        var center = await Center.Open(server, "revoked");
        var made = (await server.Post("/v1/keys", server.Administrator, new JsonObject { ["role"] = "supervisor" })).Expect(201).Body!;
        await using var events = await EventReader.Open(server.NewHttp(), center.Root + "/agents/ana/events", made.Text("secret"));
        await events.Next("agent.snapshot");
        (await server.Delete("/v1/keys/" + made["key"].Text("id"), server.Administrator)).Expect(204);
        server.Clock.Advance(Feed.Beat * 2);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await events.TryNext() is not null) { }
            throw new EndOfStreamException();
        });
    }

    [Fact]
    public async Task A_consumer_that_does_not_read_is_dropped_and_no_memory_grows()
    {
        var services = server.App.Services.GetRequiredService<LiveServices>();
        var caller = new Caller(new ApiKey("k", Role.Supervisor, null, null, null), "hash");
        await using var feed = new Endless(caller, services);
        await feed.Start();
        for (var i = 0; i < 255; i++) feed.Happen();
        Assert.False(feed.Dropped.IsCancellationRequested);
        feed.Happen();
        Assert.True(feed.Dropped.IsCancellationRequested);
        for (var i = 0; i < 10_000; i++) feed.Happen();
        Assert.Equal(256, feed.Events.Count);
    }

    [Fact]
    public async Task A_client_that_connects_again_gets_a_snapshot_of_what_it_missed()
    {
        var center = await Center.Open(server, "again");
        await using var ana = await center.SignIn("ana");
        await (await ana.Events()).DisposeAsync();
        var caseId = await center.Write("joe");
        await using var second = await EventReader.Open(server.NewHttp(), ana.Path + "/events", ana.Key);
        while (true)
        {
            var next = await second.Next();
            var holding = next.Name == "agent.snapshot" ? next.Data["agent"]!["holdings"]!.AsArray().FirstOrDefault() : next.Data["holding"];
            if (holding?.Text("caseId") == caseId) break;
        }
    }

    /// <summary>A server whose clock stands still until a test moves it.</summary>
    public sealed class StillServer : ApiServer
    {
        public ManualTime Clock { get; } = new();

#if ORLEANS
        public static void SkipWithoutStillClock() => Assert.Skip("Orleans does not run under a clock that stands still.");
#else
        public static void SkipWithoutStillClock() { }

        protected override TimeProvider Time => Clock;
#endif
    }

    private sealed class Endless(Caller caller, LiveServices services) : Feed(caller, services)
    {
        public void Happen() => Post(new LiveEvent("x", "x"));

        protected override Task Subscribe() => Task.CompletedTask;

        protected override void Unsubscribe() { }

        protected override Task<LiveEvent> Snapshot() => Task.FromResult(new LiveEvent("snapshot", "x"));
    }
}
