using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>People who write, over several connections, whatever happens to the server.</summary>
internal sealed class Customers(Line line, Ledger ledger, string workspace, string key, int seed)
{
    private const int Connections = 6;
    private const int Authors = 300;

    private int _sent;

    /// <summary>Ends when told to, with every message answered.</summary>
    public Task Write(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(() => Write(new Random(seed * 100 + connection), stop), CancellationToken.None)));

    private async Task Write(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = $"m{Interlocked.Increment(ref _sent)}";
            ledger.Sending("message/" + id);
            var message = Center.Message(id, "author" + random.Next(Authors), "Message " + id);
            var answer = await line.Send(HttpMethod.Post, $"/v1/workspaces/{workspace}/messages", key, message);
            Assert.True(answer.Status is 200 or 201, answer.Text);
            ledger.Acknowledged("message/" + id, answer.Body.Text("caseId"));
        }
    }
}
