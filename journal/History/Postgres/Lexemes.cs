using System.Globalization;
using System.Text;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Words as PostgreSQL's full text has them. They are letters and digits only, so that within quotation marks nothing can be taken for an operator.</summary>
internal static class Lexemes
{
    /// <summary>Blocks that share a lexeme.</summary>
    internal const int BlocksPerGroup = 64;

    // What the type takes: beyond it, words are found and phrases are not.
    private const int LastPosition = 16_383;
    private const int MostPositions = 255;
    private const char BetweenPair = '_';

    /// <summary>The text of a tsvector: words with their places, and where the case lies. A border takes a place, so that no phrase crosses it.</summary>
    internal static string Vector(string words, CaseNumber id)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var place = 0;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            place = Math.Min(place + 1, LastPosition);
            if (word == Words.Border) continue;
            if (!places.TryGetValue(word, out var at)) places.Add(word, at = []);
            if (at.Count < MostPositions && (at.Count == 0 || at[^1] != place)) at.Add(place);
        }
        var vector = new StringBuilder();
        foreach (var (word, at) in places) vector.Append('\'').Append(word).Append("':").AppendJoin(',', at).Append(' ');
        // No word has a border's character or the one between a pair.
        foreach (var pair in FrequentPairs.In([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)], BetweenPair).Distinct()) vector.Append('\'').Append(pair).Append("' ");
        return vector.Append(CultureInfo.InvariantCulture, $"{OfBlock(id.Workspace, id.Block)} {OfGroup(id.Workspace, id.Block / BlocksPerGroup)}").ToString();
    }

    /// <summary>The blocks of a stretch as a query, or some more of them.</summary>
    internal static string Within(Stretch stretch)
    {
        var blocks = stretch.Blocks <= BlocksPerGroup / 4
            ? Enumerable.Range(0, stretch.Blocks).Select(i => OfBlock(stretch.Workspace, stretch.FirstBlock + i))
            : Enumerable.Range(0, (int)(((stretch.FirstBlock + stretch.Blocks - 1) / BlocksPerGroup) - (stretch.FirstBlock / BlocksPerGroup)) + 1)
                .Select(i => OfGroup(stretch.Workspace, (stretch.FirstBlock / BlocksPerGroup) + i));
        return $"({string.Join(" | ", blocks)})";
    }

    /// <param name="formsOf">A word and its stems.</param>
    internal static string Query(TextQuery query, Func<string, IEnumerable<string>> formsOf)
    {
        var all = query.Required.Select(phrase => Of(phrase, formsOf)).Concat(query.Excluded.Select(phrase => $"!{Of(phrase, formsOf)}"));
        return string.Join(" & ", all);
    }

    internal static string Any(IEnumerable<Phrase> phrases, Func<string, IEnumerable<string>> formsOf) => $"({string.Join(" | ", phrases.Select(phrase => Of(phrase, formsOf)))})";

    private static string Of(Phrase phrase, Func<string, IEnumerable<string>> formsOf)
    {
        if (phrase is { Words: [var word], IsPrefix: false }) return $"({string.Join(" | ", formsOf(word).Select(form => $"'{form}'"))})";
        // The last word of a beginning may be any other.
        var pairs = FrequentPairs.In(phrase.IsPrefix ? phrase.Words[..^1] : phrase.Words, BetweenPair).Distinct();
        return $"({string.Concat(pairs.Select(pair => $"'{pair}' & "))}({string.Join(" <-> ", phrase.Words.Select(one => $"'{one}'"))}{(phrase.IsPrefix ? ":*" : "")}))";
    }

    private static string OfBlock(int workspace, long block) => string.Create(CultureInfo.InvariantCulture, $"'§{workspace}.{block}'");

    private static string OfGroup(int workspace, long group) => string.Create(CultureInfo.InvariantCulture, $"'§{workspace}/{group}'");
}
