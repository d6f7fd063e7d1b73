using System.Collections.Immutable;

namespace RoutingGrid.Journal.History.Search;

/// <summary>Words beside each other, as they must stand in a text; mostly one.</summary>
/// <param name="IsPrefix">Of the last one only the beginning is given.</param>
internal sealed record Phrase(ImmutableArray<string> Words, bool IsPrefix);

/// <summary>What a text must have and must not have, as people type it: <c>word "some phrase" -without begin*</c>. Everything that can be typed means something; there are no errors.</summary>
internal sealed record TextQuery(ImmutableArray<Phrase> Required, ImmutableArray<Phrase> Excluded)
{
    /// <summary>Further words are not looked at.</summary>
    internal const int MostPhrases = 32;

    internal IEnumerable<Phrase> All => Required.Concat(Excluded);

    /// <summary>Of a text it must be known where its words stand.</summary>
    internal bool HasPhrases => Required.Any(phrase => phrase.Words.Length > 1);

    internal bool IsEmpty => Required.IsEmpty && Excluded.IsEmpty;

    internal static TextQuery Parse(string typed)
    {
        var required = ImmutableArray.CreateBuilder<Phrase>();
        var excluded = ImmutableArray.CreateBuilder<Phrase>();
        for (var at = 0; at < typed.Length && required.Count + excluded.Count < MostPhrases;)
        {
            if (char.IsWhiteSpace(typed[at]))
            {
                at++;
                continue;
            }
            var isExcluded = typed[at] == '-';
            if (isExcluded) at++;
            var piece = Piece(typed, ref at);
            var isPrefix = at > 0 && at <= typed.Length && typed[at - 1] == '*';
            var words = Words.In(piece);
            if (words.Count > 0) (isExcluded ? excluded : required).Add(new Phrase([.. words], isPrefix));
        }
        return new TextQuery(required.DrainToImmutable(), excluded.DrainToImmutable());
    }

    // What stands between quotation marks, or up to the next space. A quotation mark that is not closed reaches to the end.
    private static string Piece(string typed, ref int at)
    {
        var from = at;
        if (at < typed.Length && typed[at] == '"')
        {
            var end = typed.IndexOf('"', from + 1);
            at = end < 0 ? typed.Length : end + 1;
            var inside = typed[(from + 1)..(end < 0 ? typed.Length : end)];
            if (at < typed.Length && typed[at] == '*') at++;
            return inside;
        }
        while (at < typed.Length && !char.IsWhiteSpace(typed[at]) && typed[at] != '"') at++;
        return typed[from..at];
    }
}
