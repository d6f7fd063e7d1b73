using System.Net.Sockets;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>The way of many callers to a server that dies and comes back: each request is sent again, as it was, until it is known what
/// became of it.</summary>
internal sealed class Line
{
    private const int MostAttempts = 20_000;

    private readonly Lock _gate = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiting = [];
    private TaskCompletionSource<HttpClient> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _answered;

    /// <summary>Requests that were answered for good, be it with a refusal.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Requests that had to be sent again.</summary>
    public long Repeated;

    /// <summary>The server, once it is there.</summary>
    public Task<HttpClient> Server
    {
        get
        {
            lock (_gate) return _up.Task;
        }
    }

    /// <summary>The server can be reached again, or another one in its place.</summary>
    public void Up(HttpClient server)
    {
        lock (_gate) _up.TrySetResult(server);
    }

    /// <summary>Whoever is not answered waits from here on until <see cref="Up"/>.</summary>
    public void Down()
    {
        lock (_gate)
            if (_up.Task.IsCompleted) _up = new TaskCompletionSource<HttpClient>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends when so many more requests are answered.</summary>
    public Task Reaches(long more)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_answered + more, reached));
            return reached.Task;
        }
    }

    public async Task<Answer> Send(HttpMethod method, string path, string key, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        var text = body?.ToJsonString();
        for (var attempt = 1; ; attempt++)
        {
            if (attempt == MostAttempts) Assert.Fail($"{method} {path} was not answered in {attempt} attempts.");
            try
            {
                var answer = await Answer.To(await Server, method, path, key, text, headers);
                if (answer.Status is not (503 or 504))
                {
                    Count();
                    return answer;
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or SocketException or ObjectDisposedException or TaskCanceledException { InnerException: not TimeoutException })
            {
                // It died with this request, and whether it was carried out is not known; or its connections were closed afterwards; or, which HttpClient lets through as it is, while one was made.
            }
            Interlocked.Increment(ref Repeated);
            await Task.Yield();
        }
    }

    private void Count()
    {
        lock (_gate)
        {
            _answered++;
            foreach (var (count, reached) in _waiting)
                if (_answered >= count) reached.TrySetResult();
            _waiting.RemoveAll(waiting => waiting.Reached.Task.IsCompleted);
        }
    }
}
