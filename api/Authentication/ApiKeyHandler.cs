using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RoutingGrid.Api.Problems;

namespace RoutingGrid.Api.Authentication;

/// <summary>Says that a route takes its key as a query parameter too: browsers cannot set headers on event streams and web sockets.</summary>
internal sealed class TakesKeyInQuery;

/// <summary>Authenticates by API key, and answers those who have none, or may not, with a problem.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";
    public const string Query = "access_token";
    private const string Bearer = "Bearer ";
    private const string Challenge = "Bearer realm=\"RoutingGrid\"";

    private bool _wrong;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret() is not { } secret) return AuthenticateResult.NoResult();
        if (await keys.Find(secret) is not { } caller)
        {
            _wrong = true;
            return AuthenticateResult.Fail("Nobody has this key.");
        }
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = _wrong ? Challenge + ", error=\"invalid_token\"" : Challenge;
        var detail = _wrong
            ? "This key does not exist, or was revoked."
            : "Send a key as 'Authorization: Bearer rg_…'. The first one was shown when the server first started.";
        return new Problem(ProblemTypes.Unauthenticated, detail).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new Problem(ProblemTypes.Forbidden, May.ReasonOf(Context)).ExecuteAsync(Context);

    private string? Secret()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        if (Request.Headers.TryGetValue(Header, out var header)) return header.ToString();
        if (Context.GetEndpoint()?.Metadata.GetMetadata<TakesKeyInQuery>() is null) return null;
        return Request.Query.TryGetValue(Query, out var query) ? query.ToString() : null;
    }
}
