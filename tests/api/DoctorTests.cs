using System.Globalization;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary><c>doctor</c> and <c>rebuild</c>, as a person runs them.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_journal_is_checked_beside_its_server_and_at_rest_and_its_rows_are_rebuilt()
    {
        using var data = new TemporaryFolder();
        await using (var serve = await ServeProcess.Start(data.Path, "--quiet"))
        {
            var key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            for (var number = 0; number < 20; number++)
                (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, Center.Message($"m{number}", author: $"author-{number}"))).Expect(201);

            var (inUse, _, why) = await ServeProcess.Run("doctor", "--data", data.Path);
            Assert.Equal(1, inUse);
            Assert.Contains("--live", why, StringComparison.Ordinal);
            var (live, beside, _) = await ServeProcess.Run("doctor", "--data", data.Path, "--live", "--json");
            Assert.Equal(0, live);
            Assert.True(JsonNode.Parse(beside)!["sound"]!.GetValue<bool>());
            Assert.True(JsonNode.Parse(beside)!["events"]!.GetValue<long>() >= 60);
            serve.Terminate();
            await serve.Ended();
        }
        Assert.StartsWith("Rebuilt: 20 cases, ", (await ServeProcess.Run("rebuild", "--data", data.Path)).Output, StringComparison.Ordinal);
        var (exit, report, errors) = await ServeProcess.Run("doctor", "--data", data.Path);
        Assert.True(exit == 0, report + errors);
        Assert.StartsWith("Sound: ", report, StringComparison.Ordinal);

        await using var again = await ServeProcess.Start(data.Path, "--quiet");
        Assert.Equal("", again.Errors);
    }

    [Fact]
    public async Task Reports_outlive_a_kill_and_one_that_is_not_what_the_events_make_is_noticed()
    {
        using var data = new TemporaryFolder();
        const string question = "/v1/workspaces/acme/reports/queues?zone=UTC&queue=care";
        string key, days;
        await using (var serve = await ServeProcess.Start(data.Path, "--quiet"))
        {
            key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            // By the server's clock, which may pass midnight.
            var today = DateOnly.Parse((await serve.Send(HttpMethod.Get, question, key)).Expect(200).Body.Text("from"), CultureInfo.InvariantCulture);
            days = $"&from={today:yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}";
            for (var number = 0; number < 10; number++)
            {
                (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, Center.Message($"m{number}", author: $"author-{number}"))).Expect(201);
                if (number % 3 == 0) Assert.Equal(number + 1, await Arrived(serve));
            }
            await serve.Kill();
            await serve.Ended();
        }
        await using (var again = await ServeProcess.Start(data.Path, "--quiet"))
        {
            Assert.Equal(10, await Arrived(again));
            again.Terminate();
            await again.Ended();
        }
        var (sound, report, errors) = await ServeProcess.Run("doctor", "--data", data.Path);
        Assert.True(sound == 0, report + errors);
        Assert.Contains("history up to date, comparing it", errors, StringComparison.Ordinal);

        Change(Path.Combine(data.Path, "journal.db.history"), "UPDATE report_queue SET arrived = arrived + 1 WHERE arrived > 0");
        var (exit, what, _) = await ServeProcess.Run("doctor", "--data", data.Path);
        Assert.Equal(1, exit);
        Assert.Contains("the reports of queue care", what, StringComparison.Ordinal);

        async Task<int> Arrived(ServeProcess serve) =>
            (await serve.Send(HttpMethod.Get, question + days, key)).Expect(200).Body!["items"]!.AsArray().Sum(row => row!["arrived"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("rebuild")]
    public async Task Where_there_is_no_journal_none_is_made(string verb)
    {
        using var data = new TemporaryFolder();
        var (exit, _, errors) = await ServeProcess.Run(verb, "--data", data.Path);
        Assert.Equal(1, exit);
        Assert.Contains(data.Path, errors, StringComparison.Ordinal);
        Assert.Contains("--data", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data.Path));
    }

    private static void Change(string path, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_open(path, out var database));
        using (database) Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_exec(database, sql));
    }
}
