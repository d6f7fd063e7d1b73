using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RoutingGrid.Api.Problems;

/// <summary>Gives a body to the answers that the framework makes without one: no such route, wrong method, not JSON.</summary>
internal static class BareStatuses
{
    public static void UseProblemsForBareStatuses(this IApplicationBuilder app) => app.UseStatusCodePages(context =>
    {
        var http = context.HttpContext;
        var problem = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound =>
                new Problem(ProblemTypes.NotFound, $"Nothing is served at {http.Request.Path}; GET /openapi/v1.json lists what is."),
            StatusCodes.Status405MethodNotAllowed => new Problem(ProblemTypes.MethodNotAllowed, $"{http.Request.Method} is not served at {http.Request.Path}."),
            StatusCodes.Status413PayloadTooLarge => new Problem(ProblemTypes.BodyTooLarge, "The body is larger than this route takes."),
            StatusCodes.Status415UnsupportedMediaType => new Problem(ProblemTypes.UnsupportedMediaType, "Send Content-Type: application/json."),
            StatusCodes.Status400BadRequest => Problem.Malformed("The request cannot be read."),
            _ => null,
        };
        return problem?.ExecuteAsync(http) ?? Task.CompletedTask;
    });
}
