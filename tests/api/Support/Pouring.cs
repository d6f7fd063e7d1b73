using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>Messages that pour in over several connections, each sent again until it is known what became of it.</summary>
public sealed class Pouring(string workspace, string key, int seed)
{
    private const int Connections = 8;
    private const int Authors = 150;

    private int _sent;

    /// <summary>Message → the case that the server said it is in.</summary>
    public ConcurrentDictionary<string, string> Acknowledged { get; } = new();

    /// <summary>Messages that were sent, and nobody knows.</summary>
    public ConcurrentDictionary<string, JsonObject> Unknown { get; } = new();

    /// <summary>Pours until so many more are acknowledged, then calls <paramref name="stop"/> while others are still on their way.</summary>
    public async Task Until(int acknowledged, Uri server, Func<Task> stop)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goal = Acknowledged.Count + acknowledged;
        var pouring = Enumerable.Range(0, Connections).Select(connection => Task.Run(() => Pour(connection, server, () =>
        {
            if (Acknowledged.Count >= goal) enough.TrySetResult();
        }))).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(pouring));
        await stop();
        await Task.WhenAll(pouring);
        Assert.True(Acknowledged.Count >= goal, $"The server went away by itself after {Acknowledged.Count} of {goal} messages.");
    }

    /// <summary>Sends what nobody knows of again.</summary>
    public async Task Settle(HttpClient http)
    {
        foreach (var (id, message) in Unknown)
        {
            Note(id, await Answer.To(http, HttpMethod.Post, Path, key, message.ToJsonString()));
            Unknown.TryRemove(id, out _);
        }
    }

    private string Path => $"/v1/workspaces/{workspace}/messages";

    private async Task Pour(int connection, Uri server, Action told)
    {
        var random = new Random(seed * 100 + connection);
        using var http = new HttpClient { BaseAddress = server };
        while (true)
        {
            var id = $"m{Interlocked.Increment(ref _sent)}";
            var message = Center.Message(id, "author" + random.Next(Authors), "Message " + id);
            Unknown[id] = message;
            try
            {
                var answer = await Answer.To(http, HttpMethod.Post, Path, key, message.ToJsonString());
                // It does not act any more: nobody knows.
                if (answer.Status is 503 or 504) return;
                Note(id, answer);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
            {
                return;
            }
            Unknown.TryRemove(id, out _);
            told();
        }
    }

    private void Note(string id, Answer answer)
    {
        Assert.True(answer.Status is 200 or 201, answer.Text);
        Acknowledged[id] = answer.Body.Text("caseId");
    }
}
