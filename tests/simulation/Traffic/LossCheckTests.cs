using System.Net;
using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.Tests.Traffic;

public sealed class LossCheckTests
{
    private static readonly Dictionary<string, string> Acknowledged = new() { ["m1"] = "a", ["m2"] = "a", ["m3"] = "b" };

    [Fact]
    public async Task Passes_when_every_message_is_in_its_case()
    {
        var check = await Check(("a", ["m1", "m2"]), ("b", ["m3"]));
        Assert.True(check.Passed);
        Assert.Equal((3, 2), (check.Messages, check.Cases));
    }

    [Fact]
    public async Task Finds_what_is_lost()
    {
        var check = await Check(("a", ["m1"]), ("b", ["m3"]));
        Assert.False(check.Passed);
        Assert.Equal(["m2 (case a)"], check.Lost);
    }

    [Fact]
    public async Task Finds_what_is_twice_in_one_case_or_in_two()
    {
        Assert.Equal(["m1 (cases a, a)"], (await Check(("a", ["m1", "m1", "m2"]), ("b", ["m3"]))).Twice);
        Assert.Single((await Check(("a", ["m1", "m2"]), ("b", ["m3", "m1"]))).Twice);
    }

    [Fact]
    public async Task Finds_what_is_in_another_case_than_was_said()
    {
        var check = await Check(("a", ["m1", "m2", "m3"]), ("b", []));
        Assert.False(check.Passed);
        Assert.Equal(["m3 (said b, is in a)"], check.Elsewhere);
    }

    [Fact]
    public async Task What_was_never_acknowledged_may_be_there() => Assert.True((await Check(("a", ["m1", "m2"]), ("b", ["m3", "m4"]))).Passed);

    [Fact]
    public async Task Does_not_pass_what_it_could_not_read()
    {
        var server = new StubServer(_ => StubAnswer.Problem(HttpStatusCode.Forbidden, "forbidden"));
        await Assert.ThrowsAsync<HttpRequestException>(() => LossCheck.Run(server.Client(), Acknowledged, CancellationToken.None));
    }

    /// <summary>One case a page, so that pages are turned.</summary>
    private static async Task<LossCheck> Check(params (string Id, string[] Messages)[] cases)
    {
        var server = new StubServer(request =>
        {
            if (request.Path.EndsWith("/timeline", StringComparison.Ordinal))
            {
                var messages = cases.Single(known => request.Path.Contains($"/cases/{known.Id}/", StringComparison.Ordinal)).Messages;
                return StubAnswer.Json(new { items = messages.Select(id => new { type = "case.message-received", data = new { messageId = id } }).Append<object>(new { type = "case.queued", data = new { } }) });
            }
            var at = request.Path.IndexOf("cursor=", StringComparison.Ordinal) is var found and >= 0 ? int.Parse(request.Path[(found + 7)..]) : 0;
            return StubAnswer.Json(new { items = new[] { new { id = cases[at].Id } }, next = at + 1 < cases.Length ? $"{at + 1}" : null });
        });
        return await LossCheck.Run(server.Client(), Acknowledged, CancellationToken.None);
    }
}
