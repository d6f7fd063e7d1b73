using System.Text;

namespace RoutingGrid.Journal.Postgres;

/// <summary>What PostgreSQL takes as text: any Unicode but the character zero.</summary>
internal static class Texts
{
    // Checked here, on the caller's thread: found while a group is sent, it would cost everybody in it their connection.
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static void Check(string text)
    {
        if (text.Contains('\0')) throw new ArgumentException($"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' has a character zero, which PostgreSQL cannot store in a name.");
        if (Ascii.IsValid(text)) return;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                throw new ArgumentException($"A name has half of a character at its place {i + 1} and cannot be stored as text.");
            i++;
        }
    }
}
