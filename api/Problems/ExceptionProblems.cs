using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;

namespace RoutingGrid.Api.Problems;

/// <summary>What the framework, the engine or the journal throws, as a problem. Only what nobody foresaw is logged as an error.</summary>
internal sealed class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
{
    private const string Repeat = "Repeat it with the same Idempotency-Key (a message: with the same messageId); what was done already is not done twice.";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        await Of(exception, httpContext).ExecuteAsync(httpContext);
        return true;
    }

    internal Problem Of(Exception exception, HttpContext? context = null)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return Of(bad);
            case TimeoutException or UnknownOutcomeException:
                log.LogWarning("{Method} {Path}: the outcome is unknown: {Reason}", context?.Request.Method, context?.Request.Path.Value, exception.Message);
                return new Problem(ProblemTypes.OutcomeUnknown, "The server did not learn in time whether this was done. " + Repeat) { RetryAfterSeconds = 1 };
            case OrleansMessageRejectionException:
                return new Problem(ProblemTypes.Unavailable, "The server is starting or stopping. " + Repeat) { RetryAfterSeconds = 2 };
            case TakenOverException:
                return new Problem(ProblemTypes.Standby, "Another server has taken over; nothing of this was done. " + Repeat) { RetryAfterSeconds = 1 };
            case ArchiveUnusableException:
                log.LogError("{Method} {Path}: {Reason}", context?.Request.Method, context?.Request.Path.Value, exception.Message);
                return new Problem(ProblemTypes.ArchiveUnusable, exception.Message) { RetryAfterSeconds = 60 };
            case HistoryBehindException behind:
                return new Problem(ProblemTypes.Unavailable, behind.Message) { RetryAfterSeconds = Math.Max(1, (int)behind.RetryAfter.TotalSeconds) };
            case JournalUnusableException:
                log.LogError(exception, "The journal cannot be used.");
                return new Problem(ProblemTypes.Unavailable, "The journal cannot be used now; nothing was written.") { RetryAfterSeconds = 10 };
            default:
                log.LogError(exception, "{Method} {Path} failed.", context?.Request.Method, context?.Request.Path.Value);
                return new Problem(ProblemTypes.InternalError, "This is a fault of the server; it is in its log. " + Repeat);
        }
    }

    private static Problem Of(BadHttpRequestException bad) => bad switch
    {
        { InnerException: JsonException json } => JsonProblems.Of(json),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Problem(ProblemTypes.BodyTooLarge, "The body is larger than this route takes."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Problem(ProblemTypes.UnsupportedMediaType, "Send Content-Type: application/json."),
        _ => Problem.Malformed(bad.Message),
    };
}
