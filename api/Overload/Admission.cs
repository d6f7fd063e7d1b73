using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Problems;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Overload;

/// <summary>Refuses work that would only wait in memory. Streams are not work, and health must be answered whatever happens.</summary>
internal sealed class Admission
{
    /// <summary>More than a server can have under way usefully; each may hold a body of a megabyte.</summary>
    internal const int MostAtOnce = 2_000;

    private int _atOnce;

    public Task Invoke(HttpContext context, RequestDelegate next) =>
        !context.Request.Path.StartsWithSegments("/v1") || context.GetEndpoint()?.Metadata.GetMetadata<TakesKeyInQuery>() is not null
            ? next(context)
            : Admit(context, next);

    /// <summary>Counts one in. False: there are enough.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _atOnce) <= MostAtOnce) return true;
        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _atOnce);

    private async Task Admit(HttpContext context, RequestDelegate next)
    {
        if (!TryEnter())
        {
            await Problem.Of(RefusalCode.Overloaded, $"{MostAtOnce} requests are under way already; nothing of this one was done.").ExecuteAsync(context);
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            Leave();
        }
    }
}
