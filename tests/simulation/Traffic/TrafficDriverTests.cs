using System.Net;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Simulation.People;
using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.Tests.Traffic;

public sealed class TrafficDriverTests
{
    private static readonly DateTimeOffset Past = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PeopleTally _tally = new();

    [Fact]
    public async Task Remembers_what_was_acknowledged_and_only_that()
    {
        var server = new StubServer(request => request.Json.GetProperty("messageId").GetString() == "m2"
            ? StubAnswer.Problem(HttpStatusCode.UnprocessableEntity, "channel-unknown")
            : StubAnswer.Json(new { caseId = "c1", opened = true, duplicate = false, version = 1 }, HttpStatusCode.Created));
        var driver = await Drive(server, Writes("m1", "ana"), Writes("m2", "ben"));
        Assert.Equal([new("m1", "c1")], driver.Acknowledged);
        Assert.Equal((1, 1), (driver.Sent.Value, driver.Opened.Value));
        Assert.Contains("m2", Assert.Single(_tally.Failures));
    }

    [Fact]
    public async Task One_author_is_heard_in_order()
    {
        var server = new StubServer(_ => Receipt("c1"));
        await Drive(server, [.. Enumerable.Range(0, 50).Select(i => Writes($"m{i:00}", "ana"))]);
        Assert.Equal(server.Requests.Select(request => request.Body).Order(StringComparer.Ordinal), server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Some_messages_come_twice_as_networks_deliver_them()
    {
        var seen = new HashSet<string>();
        var server = new StubServer(request => Receipt("c1", duplicate: !seen.Add(request.Json.GetProperty("messageId").GetString()!)));
        var driver = await Drive(server, [.. Enumerable.Range(0, 400).Select(i => Writes($"m{i}", $"author {i}"))]);
        Assert.InRange(server.Requests.Count, 402, 430);
        Assert.Equal(400, driver.Sent.Value);
    }

    [Fact]
    public async Task A_message_that_moves_to_another_case_is_a_failure()
    {
        var count = 0;
        var server = new StubServer(_ => Receipt($"c{++count}"));
        await Drive(server, Writes("m1", "ana"), Writes("m1", "ana"));
        Assert.Contains("c1, then in c2", Assert.Single(_tally.Failures));
    }

    [Theory]
    [InlineData("queued", true)]
    [InlineData("assigned", false)]
    public async Task Who_has_got_somebody_stays(string status, bool leaves)
    {
        var server = new StubServer(request => request.Path.EndsWith("/messages", StringComparison.Ordinal) ? Receipt("c1") : StubAnswer.Json(new { status }));
        var writes = Writes("m1", "ana");
        var driver = await Drive(server, writes, new TrafficEvent.Leaves(Past, writes.Message));
        Assert.Equal(leaves, server.Requests.Any(request => request is { Method: "POST", Path: "/v1/workspaces/demo/cases/c1/abandon" }));
        Assert.Equal(leaves ? 1 : 0, driver.Left.Value);
    }

    private static StubAnswer Receipt(string caseId, bool duplicate = false) => StubAnswer.Json(new { caseId, opened = false, duplicate, version = 2 });

    private async Task<TrafficDriver> Drive(StubServer server, params TrafficEvent[] events)
    {
        var driver = new TrafficDriver(server.Client(), _tally, TimeProvider.System, seed: 5);
        await driver.Run(events, CancellationToken.None, CancellationToken.None);
        return driver;
    }

    private static TrafficEvent.Writes Writes(string id, string author) => new(
        Past, new IncomingMessage { MessageId = id, Channel = "chat", Account = "web", Author = author, Text = "Hola" }, Opening: true);
}
