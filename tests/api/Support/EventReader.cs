using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>Reads server-sent events.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpClient http, HttpResponseMessage response, StreamReader reader) => (_http, _response, _reader) = (http, response, reader);

    /// <summary>Comments seen so far: the server's signs of life.</summary>
    public int Comments { get; private set; }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> Open(HttpClient http, string path, string? key)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{path}: {(int)response.StatusCode}");
        return new EventReader(http, response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; fails when none comes in time, or the stream ends.</summary>
    public async Task<ServerEvent> Next() => await TryNext() ?? throw new InvalidOperationException("The stream has ended.");

    /// <summary>The next event; null where the stream ends.</summary>
    public async Task<ServerEvent?> TryNext(CancellationToken stop = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        string? id = null, name = null, data = null;
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(':')) Comments++;
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data is not null) return new ServerEvent(id!, name!, JsonNode.Parse(data)!);
        }
        return null;
    }

    public async Task<ServerEvent> Next(string name)
    {
        while (true)
            if (await Next() is { } next && next.Name == name) return next;
    }

    /// <summary>Reads until the server has shown so many signs of life.</summary>
    public async Task UntilComments(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Comments < count)
            if ((await _reader.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The stream has ended.")).StartsWith(':')) Comments++;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        _http.Dispose();
        return default;
    }
}

public sealed record ServerEvent(string Id, string Name, JsonNode Data);
