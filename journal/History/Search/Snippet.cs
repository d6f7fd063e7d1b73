using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RoutingGrid.Journal.History.Search;

/// <summary>A piece of a text in which what was searched for stands.</summary>
/// <param name="Marks">Where, in UTF-16 units of the piece.</param>
public sealed record Snippet(string Text, ImmutableArray<Mark> Marks)
{
    private const int Before = 60;
    private const int Longest = 200;

    /// <summary>The first text of a case that has a word of the search; null where none has.</summary>
    /// <param name="typed">As it was searched for.</param>
    public static Snippet? Of(IEnumerable<RecordedEvent> events, string typed)
    {
        var wanted = TextQuery.Parse(typed).Required.SelectMany(phrase => phrase.Words.Select((word, i) => (word, phrase.IsPrefix && i == phrase.Words.Length - 1))).ToArray();
        if (wanted.Length == 0) return null;
        var texts = events.Select(recorded => CaseTexts.Of(recorded.Event)).OfType<string>().ToArray();
        return First(texts, word => wanted.Any(one => one.Item2 ? word.StartsWith(one.word, StringComparison.Ordinal) : word == one.word))
            // A store that knows stems finds other forms of a word.
            ?? First(texts, word => wanted.Any(one => AreForms(word, one.word)));
    }

    private static Snippet? First(string[] texts, Func<string, bool> isWanted)
    {
        foreach (var text in texts)
        {
            var marks = Spans(text).Where(span => isWanted(string.Concat(Words.In(text.Substring(span.Start, span.Length))))).Take(50).ToArray();
            if (marks.Length > 0) return Cut(text, marks);
        }
        return null;
    }

    private static Snippet Cut(string text, Mark[] marks)
    {
        var from = Math.Max(0, marks[0].Start - Before);
        if (from > 0 && char.IsLowSurrogate(text[from])) from--;
        var to = Math.Min(text.Length, Math.Max(from + Longest, marks[0].Start + marks[0].Length));
        if (to < text.Length && char.IsLowSurrogate(text[to])) to++;
        return new Snippet(text[from..to], [.. marks.Where(mark => mark.Start + mark.Length <= to).Select(mark => mark with { Start = mark.Start - from })]);
    }

    private static bool AreForms(string a, string b)
    {
        var shared = a.AsSpan().CommonPrefixLength(b);
        return shared >= 4 && shared >= Math.Max(a.Length, b.Length) - 4;
    }

    private static IEnumerable<Mark> Spans(string text)
    {
        var start = -1;
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune)) rune = Rune.ReplacementChar;
            if (Rune.IsLetterOrDigit(rune))
            {
                if (start < 0) start = at;
            }
            else if (start >= 0 && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                yield return new Mark(start, at - start);
                start = -1;
            }
            at += rune.Utf16SequenceLength;
        }
        if (start >= 0) yield return new Mark(start, text.Length - start);
    }
}

/// <summary>A stretch of a text.</summary>
public readonly record struct Mark(int Start, int Length);
