using System.Net;
using System.Text;
using System.Text.Json;
using RoutingGrid.Simulation.People;

namespace RoutingGrid.Simulation.Tests.Traffic;

/// <summary>A server that answers as a test says, without a network.</summary>
internal sealed class StubServer(Func<StubRequest, StubAnswer> answer) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<StubRequest> _requests = [];

    public IReadOnlyList<StubRequest> Requests
    {
        get { lock (_lock) return [.. _requests]; }
    }

    public ApiClient Client(TimeProvider? time = null) =>
        new(new HttpClient(this) { BaseAddress = new Uri("http://server.test") }, "demo", "rg_key", time ?? TimeProvider.System);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new StubRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body, Header(request, "Idempotency-Key"), Header(request, "Authorization"), cancellationToken);
        StubAnswer given;
        lock (_lock)
        {
            _requests.Add(seen);
            given = answer(seen);
        }
        return new HttpResponseMessage(given.Status) { Content = given.Content };
    }

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}

internal sealed record StubRequest(string Method, string Path, string Body, string? CommandId, string? Authorization, CancellationToken Cancellation)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}

internal sealed record StubAnswer(HttpStatusCode Status, HttpContent? Content)
{
    public static StubAnswer Json(object body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status, new StringContent(JsonSerializer.Serialize(body, ApiClient.Json), Encoding.UTF8, "application/json"));

    public static StubAnswer Problem(HttpStatusCode status, string problem) =>
        new(status, new StringContent($$"""{"type":"https://routinggrid.dev/problems/{{problem}}","title":"t","detail":"d"}""", Encoding.UTF8, "application/problem+json"));

    public static StubAnswer Nothing { get; } = new(HttpStatusCode.NoContent, null);
}
