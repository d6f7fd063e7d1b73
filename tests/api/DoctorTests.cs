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
}
