using System.Net.Sockets;
using System.Text;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>A server that is killed among erasures has made each as a whole or not at all; a repetition is answered as the first time.</summary>
public sealed class EraseKillTests
{
    private const int Customers = 30;

    [Fact]
    public async Task Erasures_are_done_once_whenever_the_server_is_killed()
    {
        using var data = new TemporaryFolder();
        var answered = new Dictionary<int, string>();
        string key;
        await using (var serve = await ServeProcess.Start(data.Path, "--quiet"))
        {
            key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            for (var i = 0; i < Customers; i++)
            {
                var message = Center.Message($"message-of-{Author(i)}", Author(i), $"The secret of {Author(i)}");
                var caseId = (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, message)).Expect(201).Body.Text("caseId");
                (await serve.Send(HttpMethod.Post, $"/v1/workspaces/acme/cases/{caseId}/abandon", key)).Expect(200);
            }
            var erasing = Enumerable.Range(0, Customers).Select(i => TryErase(serve, key, i)).ToArray();
            // Some have their answer, some are on their way, some have not begun.
            await Task.WhenAny(erasing);
            await serve.Kill();
            foreach (var (i, answer) in (await Task.WhenAll(erasing)).Index())
                if (answer is not null) answered[i] = answer;
        }
        Assert.NotEmpty(answered);

        await using (var again = await ServeProcess.Start(data.Path, "--quiet"))
        {
            for (var i = 0; i < Customers; i++)
            {
                var answer = await TryErase(again, key, i);
                Assert.NotNull(answer);
                if (answered.TryGetValue(i, out var first)) Assert.Equal(first, answer);
            }
            Assert.Equal(Customers, (await again.Send(HttpMethod.Get, "/v1/workspaces/acme/cases", key)).Expect(200).Body!["items"]!.AsArray().Count);
            again.Terminate();
            await again.Ended();
        }
        Assert.StartsWith("Sound: ", (await ServeProcess.Run("doctor", "--data", data.Path)).Output, StringComparison.Ordinal);
        foreach (var path in Directory.EnumerateFiles(data.Path, "journal.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(path);
            for (var i = 0; i < Customers; i++) Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Author(i))) >= 0, $"{path} still has {Author(i)}.");
        }
    }

    private static string Author(int i) => $"somebody-{i:d3}";

    private static async Task<string?> TryErase(ServeProcess serve, string key, int i)
    {
        try
        {
            var answer = await serve.Send(HttpMethod.Post, $"/v1/workspaces/acme/customers/chat:{Author(i)}/erase", key, null, ("Idempotency-Key", $"forget-{i}"));
            return answer.Status == 200 ? answer.Text : null;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return null;
        }
    }
}
