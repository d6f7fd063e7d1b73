using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Postgres;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Tests;

/// <summary>Two servers on one journal, real processes and a real database: one acts, whatever happens to the other.</summary>
[Collection(nameof(Alone))]
public sealed class StandbyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Root = "/v1/workspaces/acme";
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(2);
    private readonly TemporaryFolder _data = new();
    private readonly List<ServeProcess> _started = [];
    private readonly Dictionary<string, string> _acknowledged = [];
    private PostgresServer _postgres = null!;
    private string _key = "";

    private string Connection => _postgres.Connection("postgres");

    public async ValueTask InitializeAsync()
    {
        ServeProcess.SkipWithoutLease();
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        _postgres = await PostgresServer.Start(isDurable: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var serve in _started) await serve.DisposeAsync();
        _data.Dispose();
        if (_postgres is not null) await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task The_second_one_says_that_it_stands_by_for_whom_and_does_nothing_else()
    {
        var active = await Start();
        var standby = await StandBy();

        Assert.Equal("live", (await Get(standby, "/health/live")).Expect(200).Body.Text("status"));
        var health = (await Get(standby, "/health/ready")).Expect(503).Body;
        Assert.Equal("standby", health.Text("status"));
        Assert.Contains(active.Id.ToString(CultureInfo.InvariantCulture), health.Text("active"), StringComparison.Ordinal);
        Assert.Contains(active.Address.Port.ToString(CultureInfo.InvariantCulture), health.Text("active"), StringComparison.Ordinal);

        Answer[] refused =
        [
            await Message(standby, "m-refused"), await Get(standby, Root + "/cases"), await Get(standby, Root + "/live"), await Get(standby, "/"),
            await standby.Send(HttpMethod.Post, "/v1/live/negotiate?negotiateVersion=1", _key), await standby.Send(HttpMethod.Put, Root + "/configuration", _key, Center.Configuration()),
        ];
        foreach (var answer in refused)
        {
            Assert.Equal("standby", answer.Expect(503).Problem);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        }

        await using var third = ServeProcess.Verb("serve", "--postgres", Connection, "--no-stand-by", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, await third.Ended());
        Assert.Contains("in use by another server", third.Errors, StringComparison.Ordinal);

        standby.Terminate();
        Assert.Equal(0, await standby.Ended());
        await Acknowledge(active, "m", 3);
        await TheJournalHasWhatWasAcknowledged();
    }

    [Fact]
    public async Task After_a_kill_the_other_is_ready_in_ten_seconds_with_everything_that_was_acknowledged()
    {
        var active = await Start();
        var pouring = new Pouring("acme", _key, 1);
        for (var kill = 0; kill < 2; kill++)
        {
            var standby = await StandBy();
            await pouring.Until(200, active.Address, active.Kill);
            var killed = TimeProvider.System.GetTimestamp();
            await standby.Active();
            Took("after kill -9", killed, AfterKill);
            active = standby;
        }
        await pouring.Settle(active.Http);
        foreach (var (message, caseId) in pouring.Acknowledged) _acknowledged[message] = caseId;
        await TheJournalHasWhatWasAcknowledged();
    }

    [Fact]
    public async Task After_a_graceful_stop_the_other_is_ready_in_two_seconds()
    {
        var active = await Start();
        var fastest = AfterKill;
        for (var stop = 0; stop < 3; stop++)
        {
            var standby = await StandBy();
            await Acknowledge(active, $"m{stop}-", 20);
            await using var feed = await EventReader.Open(new HttpClient { BaseAddress = active.Address }, Root + "/live", _key);
            var asked = TimeProvider.System.GetTimestamp();
            active.Terminate();
            await standby.Active();
            var took = Took("after SIGTERM", asked, AfterKill);
            if (took < fastest) fastest = took;
            Assert.Equal(0, await active.Ended());
            active = standby;
        }
        // The fastest of three tells how long it takes, the others how busy the machine is.
        Assert.True(fastest < AfterStop, $"{fastest}");
        await Acknowledge(active, "last-", 5);
        await TheJournalHasWhatWasAcknowledged();
    }

    [Fact]
    public async Task One_that_was_paused_wakes_up_late_and_writes_nothing()
    {
        var paused = await Start();
        var standby = await StandBy();
        var agent = await SignIn(paused);
        var pouring = new Pouring("acme", _key, 1);
        var (isPaused, isOver) = (new TaskCompletionSource(), new TaskCompletionSource());
        var poured = pouring.Until(100, paused.Address, () =>
        {
            paused.Pause();
            isPaused.SetResult();
            return isOver.Task;
        });
        await isPaused.Task;
        var since = TimeProvider.System.GetTimestamp();
        await standby.Active();
        Took("after SIGSTOP", since, AfterKill);
        var before = (await TheJournalHasWhatWasAcknowledged()).Values.Max(written => written.Position);
        await Acknowledge(standby, "m-new-", 50);

        // What is sent before it wakes is the first that it sees.
        var late = Enumerable.Range(0, 20).Select(i => TryAll(paused, agent, $"m-late-{i}")).ToList();
        paused.Resume();
        late.AddRange(Enumerable.Range(20, 20).Select(i => TryAll(paused, agent, $"m-late-{i}")));
        await Acknowledge(standby, "m-newer-", 50);
        foreach (var answers in late) Assert.All(await answers, status => Assert.True(status is 503 or null, $"{status}"));
        Assert.Equal(3, await paused.Ended());
        Assert.Contains("Another server has taken over", paused.Errors, StringComparison.Ordinal);
        isOver.SetResult();
        await poured;

        foreach (var (message, caseId) in pouring.Acknowledged) _acknowledged[message] = caseId;
        var written = await TheJournalHasWhatWasAcknowledged();
        Assert.DoesNotContain(written.Keys, message => message.StartsWith("m-late-", StringComparison.Ordinal));
        // What it was about to write when it was paused, too.
        Assert.NotEmpty(pouring.Unknown);
        Assert.All(written, message => Assert.True(message.Value.Position <= before || message.Key.StartsWith("m-new", StringComparison.Ordinal), $"{message.Key} was written late."));
        await pouring.Settle(standby.Http);
    }

    [Fact]
    public async Task One_that_loses_its_database_refuses_work_and_goes_on_when_it_is_back()
    {
        var active = await Start();
        await Acknowledge(active, "m", 3);
        await _postgres.Stop();
        Assert.Equal("cut-off", (await Until(active, "/health/ready", answer => answer.Status == 503 && answer.Body.Text("status") == "cut-off")).Body.Text("status"));
        var refused = (await Message(active, "m-refused")).Expect(503);
        Assert.Equal("unavailable", refused.Problem);
        await _postgres.StartAgain();
        await Until(active, "/health/ready", answer => answer.Status == 200);
        await Acknowledge(active, "again-", 3);
        Assert.DoesNotContain("m-refused", (await TheJournalHasWhatWasAcknowledged()).Keys);
    }

    private async Task<ServeProcess> Start()
    {
        var serve = await ServeProcess.Start(_data.Path, "--postgres", Connection);
        _started.Add(serve);
        _key = serve.FirstKey!;
        var configuration = Center.Configuration();
        configuration["channels"]![0]!["offerTimeoutSeconds"] = 5;
        (await serve.Send(HttpMethod.Put, Root + "/configuration", _key, configuration)).Expect(200);
        return serve;
    }

    private async Task<ServeProcess> StandBy()
    {
        var serve = await ServeProcess.StandBy("--postgres", Connection);
        _started.Add(serve);
        return serve;
    }

    private Task<Answer> Get(ServeProcess serve, string path) => serve.Send(HttpMethod.Get, path, _key);

    private Task<Answer> Message(ServeProcess serve, string id) => serve.Send(HttpMethod.Post, Root + "/messages", _key, Center.Message(id, "author of " + id));

    private async Task Acknowledge(ServeProcess serve, string prefix, int count)
    {
        for (var i = 0; i < count; i++) _acknowledged[prefix + i] = (await Message(serve, prefix + i)).Expect(201).Body.Text("caseId");
    }

    private static async Task<Answer> Until(ServeProcess serve, string path, Func<Answer, bool> passes)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            if (await serve.Send(HttpMethod.Get, path, null) is var answer && passes(answer)) return answer;
        throw new TimeoutException($"{path} did not change in 30 s. {serve.Errors}");
    }

    /// <summary>Signs ana in; she is asked, and does not answer: her offers ring out while the server is paused.</summary>
    private async Task<string> SignIn(ServeProcess serve)
    {
        var key = (await serve.Send(HttpMethod.Post, "/v1/keys", _key, new JsonObject { ["role"] = "agent", ["workspace"] = "acme", ["agentId"] = "ana" })).Expect(201).Body.Text("secret");
        (await serve.Send(HttpMethod.Post, Root + "/agents/ana/sessions", key, new JsonObject { ["sessionId"] = "desk", ["activity"] = "available" })).Expect(201);
        return key;
    }

    /// <summary>A message, an agent's command and a read at once; null where the connection was cut.</summary>
    private Task<int?[]> TryAll(ServeProcess serve, string agent, string message) => Task.WhenAll(
        Status(() => Message(serve, message)),
        Status(() => serve.Send(HttpMethod.Put, Root + "/agents/ana/activity", agent, new JsonObject { ["activity"] = "available" }, ("RoutingGrid-Session", "desk"))),
        Status(() => Get(serve, Root + "/cases")));

    private static async Task<int?> Status(Func<Task<Answer>> send)
    {
        try
        {
            return (await send()).Status;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            return null;
        }
    }

    private TimeSpan Took(string what, long since, TimeSpan atMost)
    {
        var took = TimeProvider.System.GetElapsedTime(since);
        output.WriteLine($"ready {took.TotalSeconds:0.00} s {what}");
        Assert.True(took < atMost, $"The other server was ready {took.TotalSeconds:0.00} s {what}.");
        return took;
    }

    /// <summary>A server goes on beside it: rows are compared where nothing was written since the first event was read.</summary>
    private static async Task<JournalAudit> Audit(PostgresJournal journal)
    {
        while (true)
        {
            var end = await journal.End();
            var audit = await JournalAudit.Of(journal, TimeSpan.FromSeconds(30));
            if (await journal.End() == end) return audit;
        }
    }

    /// <returns>Every message that was written, with its case.</returns>
    private async Task<Dictionary<string, (string CaseId, long Position)>> TheJournalHasWhatWasAcknowledged()
    {
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = Connection }, TimeProvider.System);
        var audit = await Audit(journal);
        Assert.True(audit.Violations.Count == 0, string.Join(Environment.NewLine, audit.Violations));
        var written = new Dictionary<string, (string CaseId, long Position)>();
        await foreach (var recorded in journal.ReadAll())
            if (recorded.Event is MessageReceived received) Assert.True(written.TryAdd(received.MessageId, (recorded.Stream.Id, recorded.Position)), $"{received.MessageId} is there twice.");
        foreach (var (message, caseId) in _acknowledged) Assert.Equal(caseId, written.GetValueOrDefault(message).CaseId);
        return written;
    }
}

/// <summary>Without other tests beside it: it measures time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
