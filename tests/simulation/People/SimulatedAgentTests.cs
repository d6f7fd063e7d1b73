using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RoutingGrid.Simulation.People;
using RoutingGrid.Simulation.Tests.Traffic;

namespace RoutingGrid.Simulation.Tests.People;

public sealed class SimulatedAgentTests
{
    private readonly PeopleTally _tally = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _signedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Pipe> _streams = [];
    private string _status = "offered";
    private string? _holder;
    private int _offered;

    /// <summary>An offer comes with every stream that is opened and after every answer, until a case is closed.</summary>
    [Fact]
    public async Task An_agent_signs_in_takes_a_case_answers_it_closes_it_and_signs_out()
    {
        var server = new StubServer(Answer);
        var time = new ScaledTimeProvider(TimeProvider.System, 500);
        var agent = new SimulatedAgent(server.Client(time), "ana", TimeSpan.FromSeconds(15), _tally, time, seed: 11);
        using var stop = new CancellationTokenSource();
        var running = agent.Run(stop.Token, CancellationToken.None);

        await _closed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;

        Assert.Empty(_tally.Failures);
        Assert.True(_signedOut.Task.IsCompletedSuccessfully);
        var done = server.Requests.Where(request => request.Method != "GET").Select(request => request.Path[(request.Path.LastIndexOf('/') + 1)..]).ToList();
        Assert.True(done.IndexOf("sessions") < done.IndexOf("accept"));
        Assert.True(done.IndexOf("accept") < done.IndexOf("reply"));
        Assert.True(done.IndexOf("reply") < done.IndexOf("close"));
        Assert.Contains("heartbeat", done);
        Assert.True(_tally is { Accepted.Value: >= 1, Replies.Value: >= 1, Closed.Value: >= 1 });
        var commands = server.Requests.Select(request => request.CommandId).OfType<string>().ToList();
        Assert.Equal(commands.Count, commands.Distinct().Count());
    }

    private StubAnswer Answer(StubRequest request)
    {
        var verb = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        switch (request.Method, verb)
        {
            case ("GET", "events"): return Stream(request.Cancellation);
            case ("GET", _): return StubAnswer.Json(Case());
            case ("DELETE", _):
                _signedOut.TrySetResult();
                return StubAnswer.Nothing;
            case (_, "sessions"): return StubAnswer.Json(new { sessionId = "s1" }, HttpStatusCode.Created);
            case (_, "heartbeat"):
                // Who is told to stop may not hear any more what became of the last command.
                if (_tally.Closed.Value > 0) _closed.TrySetResult();
                return StubAnswer.Nothing;
            case (_, "accept"):
                (_status, _holder) = ("assigned", "ana");
                return StubAnswer.Json(Case());
            case (_, "close"):
                (_status, _holder) = ("closed", null);
                return StubAnswer.Json(Case());
            case (_, "wait" or "transfer" or "escalate" or "decline"):
                (_status, _holder) = ("offered", null);
                OfferAgain();
                return StubAnswer.Json(Case());
            default: return StubAnswer.Json(Case());
        }
    }

    private object Case() => new { id = "c1", status = _status, channel = "chat", queue = "atención", holder = _holder, messages = 1, answers = 0, profile = new { purpose = "question", language = "es" } };

    private StubAnswer Stream(CancellationToken cancellation)
    {
        var pipe = new Pipe();
        cancellation.Register(() => pipe.Writer.Complete());
        _streams.Add(pipe);
        Write(pipe, "agent.snapshot", new { agent = new { activity = "available", holdings = new[] { Offer() } } });
        var content = new StreamContent(pipe.Reader.AsStream());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return new StubAnswer(HttpStatusCode.OK, content);
    }

    private void OfferAgain() => Write(_streams[^1], "offer.made", new { holding = Offer() });

    private object Offer() => new { caseId = "c1", channel = "chat", queue = "atención", held = false, offerId = $"o{++_offered}", status = "offered" };

    private static void Write(Pipe pipe, string name, object data)
    {
        var bytes = Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n");
        _ = pipe.Writer.WriteAsync(bytes).AsTask();
    }
}
