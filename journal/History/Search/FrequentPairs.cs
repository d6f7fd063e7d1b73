using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RoutingGrid.Journal.History.Search;

/// <summary>Two words beside each other that nearly every text has. As a word of their own they tell the index which few texts have the phrase; without it, all texts with those words
/// would have to be read.</summary>
internal static class FrequentPairs
{
    /// <summary>The most frequent words of Spanish and English, folded. Histories are built anew when the list changes.</summary>
    private static readonly FrozenSet<string> Frequent =
        ("a al como con cuando de del el en es esta este esto he hola i la las le les lo los mas me mi mis muy no nos o para pero por porque que quiero se si sin su sus tengo un una y ya yo "
         + "am an and are as at be but by can do for from had have hello hi how if in is it my not of on or please so that the there this to was we what when with would you your")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <param name="between">Stands between the two, and in no word.</param>
    internal static IEnumerable<string> In(ImmutableArray<string> words, char between)
    {
        for (var i = 1; i < words.Length; i++)
            if (Frequent.Contains(words[i - 1]) && Frequent.Contains(words[i])) yield return $"{words[i - 1]}{between}{words[i]}";
    }
}
