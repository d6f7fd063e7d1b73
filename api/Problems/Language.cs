using Microsoft.AspNetCore.Http;

namespace RoutingGrid.Api.Problems;

/// <summary>Which of the two languages a caller reads.</summary>
internal static class Language
{
    /// <summary>True when Spanish is named in Accept-Language and English is not preferred to it.</summary>
    public static bool PrefersSpanish(HttpRequest request)
    {
        if (request.Headers.AcceptLanguage.Count == 0) return false;
        double spanish = 0, english = 0;
        foreach (var accepted in request.GetTypedHeaders().AcceptLanguage)
        {
            var quality = accepted.Quality ?? 1;
            if (Is(accepted.Value.AsSpan(), "es")) spanish = Math.Max(spanish, quality);
            else if (Is(accepted.Value.AsSpan(), "en")) english = Math.Max(english, quality);
        }
        return spanish > english;
    }

    private static bool Is(ReadOnlySpan<char> tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] == '-');
}
