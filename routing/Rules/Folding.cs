using System.Globalization;
using System.Text;

namespace RoutingGrid.Routing.Rules;

/// <summary>Text without case and accents, so that <c>Avería</c>, <c>AVERIA</c> and <c>averia</c> are one word.</summary>
/// <remarks>The same on every machine: it does not depend on the culture or on ICU.</remarks>
internal static class Folding
{
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (c is 'ß' or 'ẞ') folded.Append("ss");
            else folded.Append(c is 'ı' ? 'i' : char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }
}
