using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RoutingGrid.Api.Json;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Problems;

/// <summary>A refusal on its way out, as problem details in the caller's language.</summary>
internal sealed class Problem(ProblemType type, string detail) : IResult, IStatusCodeHttpResult
{
    public ProblemType Type { get; } = type;
    public string Detail { get; } = detail;
    public string? Field { get; init; }
    public ImmutableArray<FieldError>? Errors { get; init; }

    /// <summary>When it is worth trying again.</summary>
    public int? RetryAfterSeconds { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Type.Status;

    public static Problem Of(Refusal refusal) => new(ProblemTypes.Of(refusal.Code), refusal.Detail)
    {
        RetryAfterSeconds = refusal.Code is RefusalCode.Overloaded or RefusalCode.TryAgain ? 1 : null,
    };

    public static Problem Of(RefusalCode code, string detail) => Of(new Refusal(code, detail));

    /// <summary>Values that are not acceptable, each with its path.</summary>
    public static Problem Invalid(ImmutableArray<FieldError> errors) => new(
        ProblemTypes.Of(RefusalCode.InvalidValue), string.Join(" ", errors.Take(3).Select(e => $"{e.Path}: {e.Message}")))
    {
        Field = errors[0].Path,
        Errors = errors,
    };

    public static Problem Malformed(string detail, string? field = null) => new(ProblemTypes.MalformedRequest, detail) { Field = field };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var spanish = Language.PrefersSpanish(httpContext.Request);
        var response = httpContext.Response;
        response.StatusCode = Type.Status;
        response.Headers[HeaderNames.ContentLanguage] = spanish ? "es" : "en";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var body = new ProblemBody(Type.Uri, Type.Title(spanish), Type.Status, Detail, Type.Code, Field, Errors);
        return response.WriteAsJsonAsync(body, ApiJson.Info<ProblemBody>(), "application/problem+json");
    }
}
