using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RoutingGrid.Api.Requests;

/// <summary>Ids may have slashes. The server leaves %2F in a path as it is, so that a segment stays one; here it becomes a slash,
/// before anybody compares or uses the value.</summary>
internal static class EncodedSlashes
{
    public static void UseEncodedSlashes(this IApplicationBuilder app) => app.Use(static (HttpContext context, RequestDelegate next) =>
    {
        var values = context.Request.RouteValues;
        foreach (var name in values.Keys.ToArray())
            if (values[name] is string value && value.Contains("%2F", StringComparison.OrdinalIgnoreCase))
                values[name] = value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return next(context);
    });
}
