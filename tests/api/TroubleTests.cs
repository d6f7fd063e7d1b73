using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Overload;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;

namespace RoutingGrid.Api.Tests;

/// <summary>When the journal is slow, full, or does not know: callers learn what to do, and repeating does nothing twice.</summary>
public sealed class TroubleTests(TroubleTests.TroubledServer server) : IClassFixture<TroubleTests.TroubledServer>
{
    [Fact]
    public async Task A_full_journal_is_503_with_a_time_to_come_back()
    {
        var center = await Center.Open(server, "full");
        var before = await server.Hash();
        server.Troubled.Trouble(1, _ => new(new AppendResult.Overloaded(TimeSpan.FromSeconds(1), "20000 appends wait already.")));
        var refused = (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).ExpectProblem(503, "overloaded");
        Assert.True(refused.Message.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(before, await server.Hash());
        (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).Expect(201);
    }

    [Fact]
    public async Task A_grain_that_was_replaced_is_asked_again_without_the_caller_noticing()
    {
        var center = await Center.Open(server, "replaced");
        var caseId = await center.Write("joe");
        server.Troubled.Trouble(2, append => new(new AppendResult.VersionConflict(append.Streams[0].Stream, 1, 2)));
        Assert.Equal(5, (await server.Post($"{center.Root}/cases/{caseId}/priority", center.Supervisor, new JsonObject { ["class"] = 5 })).Expect(200).Body!["class"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_outcome_that_nobody_knows_is_found_out_by_repeating()
    {
        var center = await Center.Open(server, "unknown");
        var caseId = await center.Write("joe");

        // It was written, and the answer was lost on the way.
        server.Troubled.Trouble(1, async append =>
        {
            await server.Troubled.Write(append);
            throw new UnknownOutcomeException("The connection broke.");
        });
        var note = (await server.Post($"{center.Root}/cases/{caseId}/notes", center.Supervisor, new JsonObject { ["text"] = "once" })).Expect(200);
        var notes = (await server.Get($"{center.Root}/cases/{caseId}/timeline", center.Supervisor)).Body!["items"]!.AsArray().Count(item => item.Text("type") == "case.note-added");
        Assert.Equal(1, notes);

        server.Troubled.Trouble(1, async append =>
        {
            await server.Troubled.Write(append);
            throw new UnknownOutcomeException("The connection broke.");
        });
        var message = await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m2", "zoe"));
        Assert.True(message.Status is 200 or 201, message.Text);
        Assert.Equal(1, (await server.Get($"{center.Root}/cases/{message.Body.Text("caseId")}", center.Supervisor)).Body!["messages"]!.GetValue<int>());
        Assert.NotNull(note.ETag);
    }

    [Fact]
    public async Task What_stays_unknown_is_told_as_such()
    {
        var center = await Center.Open(server, "stays");
        var before = await server.Hash();
        server.Troubled.Trouble(20, _ => throw new UnknownOutcomeException("The disk does not answer."));
        var answer = await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"));
        Assert.True(answer.Status is 503 or 504, answer.Text);
        Assert.Contains(answer.Problem, new[] { "try-again", "outcome-unknown" });
        Assert.NotNull(answer.Message.Headers.RetryAfter);
        Assert.Equal(before, await server.Hash());
        server.Troubled.Trouble(1, server.Troubled.Write);
        (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).Expect(201);
    }

    [Fact]
    public async Task Too_many_requests_at_once_are_refused_before_anything_is_done_and_health_still_answers()
    {
        var center = await Center.Open(server, "crowd");
        var admission = server.App.Services.GetRequiredService<Admission>();
        var entered = 0;
        while (admission.TryEnter()) entered++;
        try
        {
            Assert.Equal(Admission.MostAtOnce, entered);
            var before = await server.Hash();
            (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).ExpectProblem(503, "overloaded");
            Assert.Equal(before, await server.Hash());
            (await server.Get("/health/ready")).Expect(200);
        }
        finally
        {
            for (; entered > 0; entered--) admission.Leave();
        }
        (await server.Post(center.Root + "/messages", center.Integrator, Center.Message("m1"))).Expect(201);
    }

    public sealed class TroubledServer : ApiServer
    {
        public TroubledServer() => Troubled = new TroubledJournal(Journal);

        public TroubledJournal Troubled { get; }

        protected override IJournal Journals => Troubled;
    }
}
