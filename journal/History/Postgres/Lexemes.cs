using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Words as PostgreSQL's full text has them. They are letters and digits only, so that within quotation marks nothing can be taken for an operator.</summary>
internal static class Lexemes
{
    // Of more, it is asked for the whole group, and what is not of these is left out.
    private const int MostBlocks = Group.Blocks / 4;

    // What the type takes: beyond it, words are found and phrases are not.
    private const int LastPosition = 16_383;
    private const int MostPositions = 255;

    // Before another form of a word, which stands nowhere: a phrase that ends with a beginning does not match where one of the lexemes that begin so has no place.
    private const char BeforeForm = '~';

    /// <summary>The text of a tsvector: words with their places, their other forms, and the block of the case, which tells the newest matches. A border takes a place, so that no phrase
    /// crosses it.</summary>
    internal static string Vector(ImmutableArray<string> words, CaseNumber id, Func<string, IEnumerable<string>> formsOf)
    {
        var mark = Group.Mark(id);
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var place = 0;
        foreach (var word in words)
        {
            place = Math.Min(place + 1, LastPosition);
            if (word == Search.Words.Border) continue;
            if (!places.TryGetValue(word, out var at)) places.Add(word, at = []);
            if (at.Count < MostPositions && (at.Count == 0 || at[^1] != place)) at.Add(place);
        }
        var vector = new StringBuilder();
        foreach (var (word, at) in places) vector.Append('\'').Append(mark).Append(word).Append("':").AppendJoin(',', at).Append(' ');
        foreach (var form in places.Keys.SelectMany(formsOf).Where(form => !places.ContainsKey(form)).Distinct()) vector.Append('\'').Append(mark).Append(BeforeForm).Append(form).Append("' ");
        return vector.Append(OfBlock(id.Workspace, id.Block)).ToString();
    }

    /// <summary>The words of a vector's text, and where they stand; without other forms, which stand nowhere.</summary>
    internal static void Read(ReadOnlySpan<char> vector, Neighbours.Collector codes, List<(int Place, int Word)> words)
    {
        foreach (var part in vector.Split(' '))
        {
            var lexeme = vector[part];
            // Between quotation marks, and behind the mark of its group.
            if (lexeme.LastIndexOf("':") is not (> 2 and var end)) continue;
            var word = codes.Code(lexeme[2..end]);
            var places = lexeme[(end + 2)..];
            foreach (var place in places.Split(',')) words.Add((int.Parse(places[place], NumberStyles.None, CultureInfo.InvariantCulture), word));
        }
    }

    /// <param name="formsOf">A word's other forms.</param>
    internal static string Query(TextQuery query, Stretch stretch, Func<string, IEnumerable<string>> formsOf)
    {
        var mark = Group.Mark(stretch);
        if (query.Required.IsEmpty) return $"({string.Join(" | ", query.Excluded.Select(phrase => Of(phrase, mark, formsOf)))})";
        return string.Join(" & ", query.Required.Select(phrase => Of(phrase, mark, formsOf)).Concat(query.Excluded.Select(phrase => $"!{Of(phrase, mark, formsOf)}")));
    }

    /// <summary>The words that must be there, wherever they stand. Without the beginnings in phrases that nearly every text has: putting them together takes longer than they save.</summary>
    internal static string Words(TextQuery query, Stretch stretch, Func<string, IEnumerable<string>> formsOf)
    {
        var mark = Group.Mark(stretch);
        return string.Join(" & ", query.Required.Select(phrase => phrase switch
        {
            { Words.Length: 1 } => Of(phrase, mark, formsOf),
            { IsPrefix: true } when !PutsTogether(phrase) => Beside(new Phrase(phrase.Words[..^1], IsPrefix: false), mark, " & "),
            _ => Beside(phrase, mark, " & "),
        }));
    }

    /// <summary>Whether the index puts together what all words have that begin as the last one of this phrase does.</summary>
    internal static bool PutsTogether(Phrase phrase) => phrase.IsPrefix && (phrase.Words.Length == 1 || phrase.Words[^1].Length > 2);

    /// <summary>The same of the blocks of the stretch, or of some more of them.</summary>
    internal static string Within(Stretch stretch, string query) => stretch.Blocks > MostBlocks ? query
        : $"({string.Join(" | ", Enumerable.Range(0, stretch.Blocks).Select(i => OfBlock(stretch.Workspace, stretch.FirstBlock + i)))}) & {query}";

    private static string Of(Phrase phrase, char mark, Func<string, IEnumerable<string>> formsOf) => phrase is { Words: [var word], IsPrefix: false }
        ? $"({string.Join(" | ", formsOf(word).Prepend(word).Select(form => $"'{mark}{form}' | '{mark}{BeforeForm}{form}'"))})"
        : Beside(phrase, mark, " <-> ");

    private static string Beside(Phrase phrase, char mark, string between) =>
        $"({string.Join(between, phrase.Words.Select(one => $"'{mark}{one}'"))}{(phrase.IsPrefix ? ":*" : "")})";

    private static string OfBlock(int workspace, long block) => string.Create(CultureInfo.InvariantCulture, $"'§{workspace}.{block}'");
}
