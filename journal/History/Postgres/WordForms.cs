using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>The stems of words in Spanish and English, as the server has them. Remembered, since texts are mostly of the same words.</summary>
internal sealed class WordForms(NpgsqlConnection connection)
{
    /// <summary>Words and their stems, the words first.</summary>
    internal const string Find = "SELECT u.word, ts_lexize('pg_catalog.spanish_stem', u.word), ts_lexize('pg_catalog.english_stem', u.word) FROM unnest($1::text[]) AS u(word)";

    private const int MostRemembered = 100_000;
    private readonly Dictionary<string, string[]> _forms = new(StringComparer.Ordinal);

    /// <summary>Other forms than the word itself.</summary>
    internal string[] Of(string word) => _forms[word];

    /// <summary>Knows these from now on, until it is asked to learn others.</summary>
    internal async Task Learn(IEnumerable<string> words)
    {
        var all = words.Where(word => word != Words.Border).ToHashSet(StringComparer.Ordinal);
        if (_forms.Count > MostRemembered) _forms.Clear();
        all.RemoveWhere(_forms.ContainsKey);
        if (all.Count > 0) await connection.Each(Find, row => _forms[row.GetString(0)] = Read(row), (object)all.ToArray());
    }

    internal static string[] Read(NpgsqlDataReader row)
    {
        var word = row.GetString(0);
        return [.. Stems(row, 1).Concat(Stems(row, 2)).Where(stem => stem != word).Distinct()];
    }

    private static string[] Stems(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<string[]>(column);
}
