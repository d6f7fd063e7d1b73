using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RoutingGrid.Api.Page;

/// <summary>The wallboard's page: one file inside the assembly, without any resource from elsewhere. It needs no key itself; what it shows does.</summary>
internal static partial class WallboardPage
{
    private const string Resource = "index.html";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        using var stream = typeof(WallboardPage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var html = reader.ReadToEnd();
        var policy = PolicyOf(html);
        routes.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return TypedResults.Content(html, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Its own scripts run, and nothing that a customer may have smuggled into a name does.</summary>
    private static string PolicyOf(string html)
    {
        var scripts = Script().Matches(html).Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value)))}'");
        return $"default-src 'none'; script-src {string.Join(' ', scripts)}; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
