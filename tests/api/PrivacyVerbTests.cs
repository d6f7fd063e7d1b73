using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary><c>export</c> and <c>erase</c>, as a person runs them.</summary>
public sealed class PrivacyVerbTests
{
    [Fact]
    public async Task A_customer_is_exported_beside_the_server_and_erased_without_it()
    {
        using var data = new TemporaryFolder();
        string[] joe = ["--workspace", "acme", "--customer", "chat:joe", "--data", data.Path];
        string key;
        await using (var serve = await ServeProcess.Start(data.Path, "--quiet"))
        {
            key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            var caseId = (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, Center.Message("m1", "joe", "My refund?"))).Expect(201).Body.Text("caseId");
            var (exit, _, why) = await ServeProcess.Run(["export", .. joe]);
            Assert.Equal(1, exit);
            Assert.Contains("--live", why, StringComparison.Ordinal);
            var (beside, document, _) = await ServeProcess.Run(["export", .. joe, "--live"]);
            Assert.Equal((0, caseId), (beside, JsonNode.Parse(document)!["cases"]![0]!["case"].Text("id")));
            serve.Terminate();
            await serve.Ended();
            var (open, _, cases) = await ServeProcess.Run(["erase", .. joe]);
            Assert.Equal(1, open);
            Assert.Contains(caseId, cases, StringComparison.Ordinal);
        }
        await Close(data.Path, key);

        var file = Path.Combine(data.Path, "joe.json");
        Assert.Equal(0, (await ServeProcess.Run(["export", .. joe, "--out", file])).Exit);
        Assert.Contains("My refund?", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        var erased = await ServeProcess.Run(["erase", .. joe]);
        Assert.True(erased.Exit == 0, erased.Errors);
        Assert.StartsWith("Erased: the customer is erased:", erased.Output, StringComparison.Ordinal);
        foreach (var verb in (string[])["erase", "export"])
        {
            var (gone, _, says) = await ServeProcess.Run([verb, .. joe]);
            Assert.Equal(1, gone);
            Assert.Contains("no customer 'chat:joe'", says, StringComparison.Ordinal);
        }
        Assert.StartsWith("Rebuilt: 1 cases", (await ServeProcess.Run("rebuild", "--data", data.Path)).Output, StringComparison.Ordinal);
        Assert.StartsWith("Sound: ", (await ServeProcess.Run("doctor", "--data", data.Path)).Output, StringComparison.Ordinal);
        foreach (var path in Directory.EnumerateFiles(data.Path, "journal.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(path);
            Assert.False(bytes.AsSpan().IndexOf("My refund?"u8) >= 0 || bytes.AsSpan().IndexOf("chat:joe"u8) >= 0, $"{path} still has what was erased.");
        }
    }

    private static async Task Close(string folder, string key)
    {
        await using var serve = await ServeProcess.Start(folder, "--quiet");
        var cases = (await serve.Send(HttpMethod.Get, "/v1/workspaces/acme/cases", key)).Expect(200).Body!["items"]!.AsArray();
        foreach (var one in cases) (await serve.Send(HttpMethod.Post, $"/v1/workspaces/acme/cases/{one.Text("id")}/abandon", key)).Expect(200);
        serve.Terminate();
        await serve.Ended();
    }
}
