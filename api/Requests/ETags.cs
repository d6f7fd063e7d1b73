using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RoutingGrid.Api.Requests;

/// <summary>Versions as entity tags.</summary>
internal static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static void Set(HttpContext context, long version) => context.Response.Headers.ETag = Of(version);

    /// <summary>Whether the caller has this version already.</summary>
    public static bool IsKnown(HttpContext context, long version)
    {
        var known = context.Request.Headers.IfNoneMatch;
        return known.Count > 0 && known.Contains(Of(version));
    }
}
