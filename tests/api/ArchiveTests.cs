using System.Diagnostics;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Api.Tests;

/// <summary><c>archive</c> as a person runs it, and what a server shows of archived cases over HTTP.</summary>
public sealed class ArchiveTests
{
    private const string Root = "/v1/workspaces/acme";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Archived_cases_are_shown_as_before_and_can_be_written_to(bool onPostgres)
    {
        await using var database = onPostgres ? await Database() : null;
        using var data = new TemporaryFolder();
        string[] store = database is null ? [] : ["--postgres", database.Connection("postgres")];
        string key, last;
        var timelines = new Dictionary<string, string>();
        await using (var serve = await ServeProcess.Start(data.Path, ["--quiet", .. store]))
        {
            key = serve.FirstKey!;
            await Configure(serve, key);
            for (var number = 0; number < 12; number++) await Close(serve, key, await Write(serve, key, $"m{number}", $"author-{number % 3}"));
            last = await Write(serve, key, "open", "author-open");
            foreach (var found in await CasesOf(serve, key, "chat:author-1")) timelines[found] = await Timeline(serve, key, found);
            Assert.Equal(4, timelines.Count);
            await Stop(serve);
        }
        var dry = await Verb("archive", "--older-than", "0s", "--dry-run", "--json");
        Assert.Equal(12, dry["cases"]!.GetValue<int>());
        Assert.False(Directory.Exists(Path.Combine(data.Path, "archive")));
        Assert.Equal(0, (await Verb("archive", "--older-than", "1d", "--json"))["cases"]!.GetValue<int>());
        var done = await Verb("archive", "--older-than", "0s", "--json");
        Assert.Equal((12, 1), (done["cases"]!.GetValue<int>(), done["files"]!.GetValue<int>()));
        Assert.Equal(0, (await Verb("archive", "--older-than", "0s", "--json"))["cases"]!.GetValue<int>());
        var doctor = await Verb("doctor", "--json");
        Assert.True(doctor["sound"]!.GetValue<bool>(), doctor.ToJsonString());
        Assert.Equal(12, (await Zcat(data.Path)).Select(line => line["case"]!.GetValue<string>()).Distinct().Count());
        Assert.DoesNotContain("author-1", string.Concat((await Zcat(data.Path)).Select(line => line.ToJsonString())), StringComparison.Ordinal);

        await using (var serve = await ServeProcess.Start(data.Path, ["--quiet", .. store]))
        {
            Assert.Equal(timelines.Keys, await CasesOf(serve, key, "chat:author-1"));
            foreach (var (found, timeline) in timelines) Assert.Equal(timeline, await Timeline(serve, key, found));
            var (newest, oldest) = (timelines.Keys.First(), timelines.Keys.Last());
            (await Post(serve, key, $"/cases/{oldest}/notes", new JsonObject { ["text"] = "They called again." })).Expect(200);
            Assert.Contains("They called again.", await Timeline(serve, key, oldest), StringComparison.Ordinal);
            var next = await Write(serve, key, "again", "author-1");
            Assert.DoesNotContain(next, timelines.Keys);
            Assert.Equal(newest, (await serve.Send(HttpMethod.Get, $"{Root}/cases/{next}", key)).Expect(200).Body.Text("previous"));
            Assert.Equal([next, .. timelines.Keys], await CasesOf(serve, key, "chat:author-1"));
            (await Post(serve, key, "/messages", Center.Message("m1", author: "author-1"))).Expect(200);
            Assert.Single((await serve.Send(HttpMethod.Get, $"{Root}/cases?open=true&customer=chat:author-open", key)).Expect(200).Body!["items"]!.AsArray());
            await Stop(serve);
        }
        Assert.True((await Verb("doctor", "--json"))["sound"]!.GetValue<bool>());
        Assert.NotEqual("", last);

        async Task<JsonNode> Verb(params string[] arguments)
        {
            var (exit, output, errors) = await ServeProcess.Run([.. arguments, "--data", data.Path, .. store]);
            Assert.True(exit == 0, output + errors);
            return JsonNode.Parse(output)!;
        }
    }

    [Fact]
    public async Task A_server_archives_in_the_background_and_a_missing_file_is_a_problem_of_its_own_cases_alone()
    {
        using var data = new TemporaryFolder();
        await using (var serve = await ServeProcess.Start(data.Path, "--archive-after", "0s"))
        {
            var key = serve.FirstKey!;
            await Configure(serve, key);
            var first = await Write(serve, key, "m1", "joe");
            await Close(serve, key, first);
            var path = await Until(() => Directory.Exists(Archive(data.Path)) ? Directory.GetFiles(Archive(data.Path), "*.gz").FirstOrDefault() : null);
            await Until(async () => (await serve.Send(HttpMethod.Get, $"{Root}/cases?status=closed", key)).Body!["items"]!.AsArray().Count == 0 ? "gone" : null);
            await Timeline(serve, key, first);

            File.Move(path, path + ".away");
            var problem = (await serve.Send(HttpMethod.Get, $"{Root}/cases/{first}/timeline", key)).ExpectProblem(503, "archive-unusable");
            Assert.Contains(path, problem.Body.Text("detail"), StringComparison.Ordinal);
            Assert.NotEqual(first, await Write(serve, key, "m2", "joe"));
            Assert.Equal(2, (await CasesOf(serve, key, "chat:joe")).Count);
            await Stop(serve);
            File.Move(path + ".away", path);
        }
        var (exit, report, errors) = await ServeProcess.Run("doctor", "--data", data.Path);
        Assert.True(exit == 0, report + errors);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("soon")]
    public async Task An_age_that_is_none_is_refused(string age)
    {
        var (exit, _, errors) = await ServeProcess.Run("archive", "--older-than", age);
        Assert.Equal(1, exit);
        Assert.Contains("--older-than", errors, StringComparison.Ordinal);
    }

    private static string Archive(string data) => Path.Combine(data, "archive");

    private static async Task<PostgresServer> Database()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        return await PostgresServer.Start(isDurable: false);
    }

    private static async Task Configure(ServeProcess serve, string key)
    {
        var configuration = Center.Configuration();
        foreach (var queue in configuration["queues"]!.AsArray()) queue!["reopenSeconds"] = 0;
        (await serve.Send(HttpMethod.Put, Root + "/configuration", key, configuration)).Expect(200);
    }

    private static Task<Answer> Post(ServeProcess serve, string key, string path, JsonNode? body) => serve.Send(HttpMethod.Post, Root + path, key, body);

    private static async Task<string> Write(ServeProcess serve, string key, string id, string author) =>
        (await Post(serve, key, "/messages", Center.Message(id, author))).Expect(201).Body.Text("caseId");

    private static async Task Close(ServeProcess serve, string key, string caseId) => (await Post(serve, key, $"/cases/{caseId}/close", new JsonObject())).Expect(200);

    private static async Task<string> Timeline(ServeProcess serve, string key, string caseId) =>
        (await serve.Send(HttpMethod.Get, $"{Root}/cases/{caseId}/timeline", key)).Expect(200).Text;

    private static async Task<List<string>> CasesOf(ServeProcess serve, string key, string customer) =>
        [.. (await serve.Send(HttpMethod.Get, $"{Root}/customers/{customer}/cases", key)).Expect(200).Body!["items"]!.AsArray().Select(item => item.Text("id"))];

    private static async Task Stop(ServeProcess serve)
    {
        serve.Terminate();
        await serve.Ended();
    }

    /// <summary>What <c>zcat</c> shows, a line at a time.</summary>
    private static async Task<List<JsonNode>> Zcat(string data)
    {
        using var zcat = Process.Start(new ProcessStartInfo("zcat", Directory.GetFiles(Archive(data))) { RedirectStandardOutput = true })!;
        var lines = (await zcat.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await zcat.WaitForExitAsync();
        Assert.Equal(0, zcat.ExitCode);
        return [.. lines.Select(line => JsonNode.Parse(line)!)];
    }

    private static Task<string> Until(Func<string?> found) => Until(() => Task.FromResult(found()));

    private static async Task<string> Until(Func<Task<string?>> found)
    {
        using var patience = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 600; tries++)
        {
            if (await found() is { } value) return value;
            await patience.WaitForNextTickAsync();
        }
        throw new TimeoutException("It did not come to it.");
    }
}
