using System.Collections.Immutable;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Bench.History;

/// <summary>Texts that nobody has thought of: of each kind as many as wanted, of words by how often the made-up cases have them, alone, with one filter, with two, and on later pages.</summary>
internal static class MadeUpTexts
{
    private const int Frequent = 33;
    private const int Known = 65;
    private const int Common = 400;
    private const int Seldom = 6_000;

    private static readonly ImmutableArray<(string Kind, Func<Random, string> Text)> Kinds =
    [
        ("word, letter", random => $"\"{Word(random, 0, Frequent)} {Letters(random, 1)}\"*"),
        ("word, rare letter", random => $"\"{Word(random, 0, Frequent)} {"xzkjñuwqhb"[random.Next(10)]}\"*"),
        ("word, two letters", random => $"\"{Word(random, 0, Frequent)} {Letters(random, 2)}\"*"),
        ("word, three letters", random => $"\"{Word(random, 0, Frequent)} {Letters(random, 3)}\"*"),
        ("two words, letter", random => $"\"{Word(random, 0, Frequent)} {Word(random, 0, Frequent)} {Letters(random, 1)}\"*"),
        ("two words, two letters", random => $"\"{Word(random, 0, Frequent)} {Word(random, 0, Known)} {Letters(random, 2)}\"*"),
        ("two words", random => $"\"{Word(random, 0, Frequent)} {Word(random, 0, Frequent)}\""),
        ("three words", random => $"\"{Word(random, 0, Frequent)} {Word(random, 0, Frequent)} {Word(random, 0, Frequent)}\""),
        ("four words", random => $"\"{Word(random, 0, 12)} {Word(random, 0, 12)} {Word(random, 0, 12)} {Word(random, 0, 12)}\""),
        ("known word, letter", random => $"\"{Word(random, 10, Known)} {Letters(random, 1)}\"*"),
        ("known word, rare letter", random => $"\"{Word(random, 10, Known)} {"xzkjñuwqhb"[random.Next(10)]}\"*"),
        ("common word, letter", random => $"\"{Word(random, Known, Common)} {Letters(random, 1)}\"*"),
        ("common words", random => $"\"{Word(random, 10, Common)} {Word(random, 10, Common)}\""),
        ("word, seldom one", random => $"\"{Word(random, 0, Known)} {Word(random, Common, Seldom)}\""),
        ("seldom one, letter", random => $"\"{Word(random, Common, Seldom)} {Letters(random, 1)}\"*"),
        ("phrase and phrase", random => $"\"{Word(random, 0, Known)} {Word(random, 0, Known)}\" \"{Word(random, 0, Known)} {Word(random, 0, Known)}\""),
        ("phrase and beginning", random => $"\"{Word(random, 0, Known)} {Word(random, 0, Known)}\" {Letters(random, 2)}*"),
        ("without phrase", random => $"{Word(random, 0, Known)} -\"{Word(random, 0, Frequent)} {Word(random, 0, Frequent)}\""),
        ("without word, letter", random => $"-\"{Word(random, 0, Frequent)} {Letters(random, 1)}\"*"),
        ("letter", random => $"{Letters(random, 1)}*"),
        ("letter and letter", random => $"{Letters(random, 1)}* {Letters(random, 1)}*"),
        ("two letters and two", random => $"{Letters(random, 2)}* {Letters(random, 2)}*"),
        ("words", random => $"{Word(random, 0, Known)} {Word(random, 0, Known)} {Word(random, 0, Known)}"),
        ("common and common", random => $"{Word(random, 10, Common)} {Word(random, 10, Common)} {Word(random, 10, Common)}"),
    ];

    public static IEnumerable<Question> Of(int each, int seed)
    {
#pragma warning disable CA5394 // Questions at random, not secrets.
        var random = new Random(seed);
        foreach (var (kind, text) in Kinds)
        {
            for (var i = 0; i < each; i++)
            {
                var typed = text(random);
                var question = new Question($"[{kind}] {typed}", new CaseSearch { Text = typed });
                // Mostly with a filter: what fills a page by itself is quickly told.
                for (var filters = (i % 8) switch { 0 => 0, 1 or 2 => 2, _ => 1 }; filters > 0; filters--) question = Questions.With(question, random.Next(Questions.Filters.Length));
                yield return i % 8 == 7 ? Questions.Deep(question, random.NextDouble() * 0.5) : question;
            }
        }
#pragma warning restore CA5394
    }

#pragma warning disable CA5394 // As above.
    private static string Word(Random random, int from, int to) => MadeUpCases.Word(random.Next(from, to));

    private static string Letters(Random random, int count)
    {
        var word = Word(random, 0, random.Next(3) == 0 ? Seldom : Known);
        return word[..Math.Min(count, word.Length)];
    }
#pragma warning restore CA5394
}
