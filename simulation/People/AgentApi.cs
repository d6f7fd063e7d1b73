using System.Net;
using System.Net.ServerSentEvents;

namespace RoutingGrid.Simulation.People;

/// <summary>What an agent's desktop asks of the API. Refusals are counted; the caller learns whether it went through.</summary>
internal sealed class AgentApi(ApiClient api, string agentId, PeopleTally tally, Random random)
{
    // Refused because the world went on in the meantime, which happens to real people too.
    private static readonly HashSet<string> PartOfLife =
    [
        "session-closed", "offer-unknown", "offer-ended", "offer-expired", "not-holder", "illegal-transition", "agent-offline", "agent-unavailable",
        "no-capacity", "version-mismatch", "offer-not-yours", "offers-exhausted",
    ];

    // Command ids are unique, also among runs of other seeds on the same data.
    private readonly string _commands = $"{random.NextInt64():x16}";
    private int _commandCount;
    private volatile string? _session;

    public string AgentId => agentId;

    public IAsyncEnumerable<SseItem<string>> Events(CancellationToken cancellation) => api.Events($"agents/{Agent}/events", cancellation);

    /// <summary>Signs in, into the given activity where one is named.</summary>
    public async Task<bool> SignIn(string? activity, CancellationToken cancellation)
    {
        var answer = await Command(HttpMethod.Post, $"agents/{Agent}/sessions", new { device = "desktop", activity }, null, cancellation);
        if (!answer.Ok) return false;
        _session = answer.As<SignedIn>().SessionId;
        return true;
    }

    public async Task SignOut(CancellationToken cancellation)
    {
        if (_session is null) return;
        await Command(HttpMethod.Delete, $"agents/{Agent}/sessions/{_session}", null, null, cancellation);
        _session = null;
    }

    /// <summary>False when the session has ended: sign in again.</summary>
    public async Task<bool> Heartbeat(CancellationToken cancellation)
    {
        if (_session is null) return false;
        // No command id: a heartbeat that is late is worth nothing.
        return Judge(await api.Send(HttpMethod.Post, $"agents/{Agent}/sessions/{_session}/heartbeat", cancellation: cancellation), "heartbeat").Ok;
    }

    public Task<bool> SetActivity(string activity, CancellationToken cancellation) => Do(HttpMethod.Put, $"agents/{Agent}/activity", new { activity }, cancellation);

    public Task<bool> Accept(HeldCase offer, CancellationToken cancellation) => AnswerOffer(offer, "accept", cancellation);

    public Task<bool> Decline(HeldCase offer, CancellationToken cancellation) => AnswerOffer(offer, "decline", cancellation);

    /// <summary>Null where it is not this agent's any more.</summary>
    public async Task<CaseOnWire?> Case(string caseId, CancellationToken cancellation)
    {
        var answer = await api.Get($"cases/{Uri.EscapeDataString(caseId)}", cancellation);
        if (answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound) return null;
        return Judge(answer, "read a case").Ok ? answer.As<CaseOnWire>() : null;
    }

    /// <param name="verb">reply, wait, transfer, escalate, close, notes.</param>
    public Task<bool> OnCase(string caseId, string verb, object body, CancellationToken cancellation) =>
        Do(HttpMethod.Post, $"cases/{Uri.EscapeDataString(caseId)}/{verb}", body, cancellation);

    private string Agent => Uri.EscapeDataString(agentId);

    private Task<bool> AnswerOffer(HeldCase offer, string verb, CancellationToken cancellation) =>
        Do(HttpMethod.Post, $"agents/{Agent}/offers/{Uri.EscapeDataString(offer.OfferId!)}/{verb}", new { caseId = offer.CaseId }, cancellation);

    private async Task<bool> Do(HttpMethod method, string path, object body, CancellationToken cancellation) =>
        (await Command(method, path, body, _session, cancellation)).Ok;

    private async Task<ApiAnswer> Command(HttpMethod method, string path, object? body, string? session, CancellationToken cancellation)
    {
        // The name of the effect, made before the first attempt: what arrives twice is done once.
        var commandId = $"{_commands}-{Interlocked.Increment(ref _commandCount)}";
        return Judge(await api.Send(method, path, body, commandId, session, cancellation), $"{method} {path}");
    }

    private ApiAnswer Judge(ApiAnswer answer, string doing)
    {
        if (answer.Ok) return answer;
        tally.Refused(answer.Problem ?? "unknown");
        if (!PartOfLife.Contains(answer.Problem ?? "")) tally.Fail($"{agentId}: {doing}: {answer}");
        return answer;
    }
}
