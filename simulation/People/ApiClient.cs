using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoutingGrid.Simulation.People;

/// <summary>The HTTP API with one key, as any client of it would be written: a command that may not have arrived is sent again with the same
/// idempotency key, and overload is waited out.</summary>
public sealed class ApiClient(HttpClient http, string workspace, string key, TimeProvider time)
{
    private const int Attempts = 6;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A client for many keys over one pool of connections, all of them on this machine or as few hops away.</summary>
    public static HttpClient Connect(Uri address) =>
        new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <param name="path">Below the workspace, such as <c>cases/…/reply</c>; with a slash in front, as it is.</param>
    /// <param name="commandId">Recognises a repetition; null where repeating does no harm.</param>
    /// <param name="session">The agent's session, for their own actions.</param>
    /// <exception cref="HttpRequestException">The server did not answer, however often it was asked.</exception>
    public async Task<ApiAnswer> Send(
        HttpMethod method, string path, object? body = null, string? commandId = null, string? session = null, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = Request(method, path, body, commandId, session);
                using var response = await http.SendAsync(request, cancellation);
                var answer = await ApiAnswer.Read(response, cancellation);
                if (!answer.MayBeRepeated || attempt == Attempts) return answer;
                await Task.Delay(Pause(answer.RetryAfter, attempt), time, cancellation);
            }
            catch (Exception unreachable) when (unreachable is HttpRequestException or IOException or SocketException && attempt < Attempts)
            {
                await Task.Delay(Pause(null, attempt), time, cancellation);
            }
            catch (OperationCanceledException timeout) when (!cancellation.IsCancellationRequested)
            {
                if (attempt == Attempts) throw new HttpRequestException($"{method} {path}: no answer within {http.Timeout.TotalSeconds:0} s.", timeout);
            }
        }
    }

    public Task<ApiAnswer> Get(string path, CancellationToken cancellation) => Send(HttpMethod.Get, path, cancellation: cancellation);

    /// <summary>Server-sent events from now on, until the connection breaks or the server ends it.</summary>
    /// <exception cref="HttpRequestException">Refused, or broken.</exception>
    public async IAsyncEnumerable<SseItem<string>> Events(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path, null, null, null);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"GET {path}: {(int)response.StatusCode}", null, response.StatusCode);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation)) yield return item;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object? body, string? commandId, string? session)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/v1/workspaces/{Uri.EscapeDataString(workspace)}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (commandId is not null) request.Headers.Add("Idempotency-Key", commandId);
        if (session is not null) request.Headers.Add("RoutingGrid-Session", session);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        return request;
    }

    private static TimeSpan Pause(TimeSpan? asked, int attempt)
    {
        var pause = asked ?? TimeSpan.FromMilliseconds(100 << attempt);
        return pause < LongestPause ? pause : LongestPause;
    }
}

/// <summary>What the API answered.</summary>
/// <param name="Problem">Of a refusal: its type, such as <c>offer-ended</c>.</param>
/// <param name="Detail">Of a refusal: what is wrong.</param>
public sealed record ApiAnswer(HttpStatusCode Status, JsonElement? Body, string? Problem, string? Detail, TimeSpan? RetryAfter)
{
    public bool Ok => (int)Status is >= 200 and < 300;

    /// <summary>Nothing was done, or it is not known whether; the same command again is right.</summary>
    public bool MayBeRepeated => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    public T As<T>() => Ok && Body is { } body
        ? body.Deserialize<T>(ApiClient.Json) ?? throw new InvalidDataException($"The API answered null where a {typeof(T).Name} was due.")
        : throw new InvalidOperationException($"The API answered {(int)Status} {Problem}: {Detail}");

    public override string ToString() => $"{(int)Status} {Problem} {Detail}".TrimEnd();

    internal static async Task<ApiAnswer> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        JsonElement? body = null;
        var isJson = response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal);
        if (isJson) body = await response.Content.ReadFromJsonAsync<JsonElement>(ApiClient.Json, cancellation);
        if (response.IsSuccessStatusCode) return new ApiAnswer(response.StatusCode, body, null, null, null);
        var problem = Text(body, "type") is { } uri ? uri[(uri.LastIndexOf('/') + 1)..] : ((int)response.StatusCode).ToString();
        return new ApiAnswer(response.StatusCode, body, problem, Text(body, "detail") ?? Text(body, "title"), response.Headers.RetryAfter?.Delta);
    }

    private static string? Text(JsonElement? body, string member) =>
        body is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
