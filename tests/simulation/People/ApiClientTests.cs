using System.Net;
using System.Text;
using RoutingGrid.Simulation.People;
using RoutingGrid.Simulation.Tests.Traffic;

namespace RoutingGrid.Simulation.Tests.People;

public sealed class ApiClientTests
{
    // A thousandfold time: pauses between attempts are real ones, but short.
    private static readonly ScaledTimeProvider Fast = new(TimeProvider.System, 1_000);

    [Fact]
    public async Task Overload_is_waited_out_with_the_same_command()
    {
        var count = 0;
        var server = new StubServer(_ => ++count < 3 ? StubAnswer.Problem(HttpStatusCode.ServiceUnavailable, "overloaded") : StubAnswer.Json(new { done = true }));
        var answer = await server.Client(Fast).Send(HttpMethod.Post, "cases/c/reply", new { text = "Hola" }, "command-1");
        Assert.True(answer.Ok);
        Assert.Equal(["command-1", "command-1", "command-1"], server.Requests.Select(request => request.CommandId));
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        var count = 0;
        var server = new StubServer(_ => ++count < 2 ? throw new HttpRequestException("broken") : StubAnswer.Nothing);
        Assert.True((await server.Client(Fast).Send(HttpMethod.Put, "agents/ana/activity", new { activity = "lunch" }, "command-1")).Ok);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_reported()
    {
        var server = new StubServer(_ => throw new HttpRequestException("broken"));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client(Fast).Get("queues", CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_has_its_name_and_is_not_tried_again()
    {
        var server = new StubServer(_ => StubAnswer.Problem(HttpStatusCode.Conflict, "offer-ended"));
        var answer = await server.Client(Fast).Send(HttpMethod.Post, "agents/ana/offers/o/accept", new { caseId = "c" });
        Assert.Equal((HttpStatusCode.Conflict, "offer-ended", "d"), (answer.Status, answer.Problem, answer.Detail));
        Assert.Equal("Bearer rg_key", Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public async Task Events_have_their_names_and_signs_of_life_are_not_events()
    {
        const string stream = "retry: 2000\n\n:\n\nid: 1\nevent: offer.made\ndata: {\"a\":\ndata: 1}\n\n:\n\nid: 2\nevent: offer.ended\ndata: {}\n\n";
        var server = new StubServer(_ => new StubAnswer(HttpStatusCode.OK, new StringContent(stream, Encoding.UTF8, "text/event-stream")));
        var events = new List<(string, string)>();
        await foreach (var item in server.Client().Events("agents/ana/events", CancellationToken.None)) events.Add((item.EventType, item.Data));
        Assert.Equal([("offer.made", "{\"a\":\n1}"), ("offer.ended", "{}")], events);
    }
}
