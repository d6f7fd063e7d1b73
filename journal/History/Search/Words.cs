using System.Text;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What is a word: letters and digits beside each other, without case and accents, cut where it is very long. The same for what is searched and for what is searched for, in
/// every store.</summary>
internal static class Words
{
    /// <summary>Longer ones are cut: a store has a limit of its own.</summary>
    internal const int Longest = 64;

    /// <summary>Stands between two texts of a case, so that no phrase runs from one into the other. It is no word.</summary>
    internal const string Border = "¶";

    internal static List<string> In(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Folding.Fold(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (word.Length < Longest - 1) word.Append(rune);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }
}
