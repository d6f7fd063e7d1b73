using System.Globalization;
using RoutingGrid.Journal;
using RoutingGrid.Simulation.Tests.Worlds;

namespace RoutingGrid.Simulation.Tests.Reports;

/// <summary>A run as it is told: events and faults in the order in which they happened.</summary>
internal sealed class Story
{
    /// <summary>Lines before the step at which something shows, of each of those concerned, and after it.</summary>
    private const int Before = 30;
    private const int OfEach = 12;
    private const int After = 6;

    private readonly List<Line> _lines = [];

    public Story(SeededCenter center, IReadOnlyList<RecordedEvent> events)
    {
        Center = center;
        foreach (var recorded in events)
            _lines.Add(new Line(recorded.Event.At, recorded.Position, recorded.Stream, $"{recorded.Stream.Kind.ToString().ToLowerInvariant()} {recorded.Stream.Id}", Sentences.Of(recorded)));
        // A fault comes before what happened at the same time, since it may be the cause.
        foreach (var fault in center.Log.Faults) _lines.Add(new Line(fault.At, 0, null, "FAULT", fault.What));
        _lines = [.. _lines.OrderBy(line => line.At).ThenBy(line => line.Position)];
    }

    public SeededCenter Center { get; }

    public void TellAll(TextWriter to)
    {
        to.WriteLine($"{Center.Spec}: {Center.Faults}.");
        foreach (var line in _lines) to.WriteLine(Text(line, mark: false));
    }

    /// <summary>What happened to those of whom <paramref name="what"/> speaks, around a position, with the faults that concern them.</summary>
    public IEnumerable<string> Around(long position, string what)
    {
        var words = what.Split([' ', ',', '.', ':', ';', '\'', '\n', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var named = _lines.Select(line => line.Stream?.Id).OfType<string>().Where(words.Contains).ToHashSet();
        // A message or a command stands for whom it came to.
        foreach (var id in words.Where(word => word.Contains('-') && word.Any(char.IsDigit)))
            named.UnionWith(_lines.Where(line => Mentions(line.What, id)).Select(line => line.Stream?.Id).OfType<string>());
        var step = position == 0 ? _lines.Count - 1 : _lines.FindIndex(line => line.Position == position);
        if (named.Count == 0 && step >= 0 && _lines[step].Stream is { } its) named.Add(its.Id);
        var chosen = new SortedSet<int>();
        foreach (var id in named) chosen.UnionWith(Last(OfEach, step, line => line.Stream?.Id == id));
        chosen.UnionWith(Last(Before, step, line => line.Stream is { } stream ? named.Contains(stream.Id) : Concerns(line.What, named)));
        chosen.UnionWith(Enumerable.Range(step + 1, _lines.Count - step - 1).Where(at => _lines[at].Stream is { } stream && named.Contains(stream.Id)).Take(After));
        if (position > 0) chosen.Add(step);
        yield return $"  (of {_lines.Count} steps; --seed {Center.Spec.Seed} tells all)";
        foreach (var at in chosen) yield return Text(_lines[at], mark: position > 0 && at == step);
    }

    private static bool Mentions(string text, string id)
    {
        var at = text.IndexOf(id, StringComparison.Ordinal);
        return at >= 0 && (at + id.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + id.Length]));
    }

    private IEnumerable<int> Last(int count, int until, Func<Line, bool> wanted)
    {
        for (var at = until; at >= 0 && count > 0; at--)
        {
            if (!wanted(_lines[at])) continue;
            count--;
            yield return at;
        }
    }

    // Everybody is concerned by the life of the router, of the workspace and of the process.
    private static bool Concerns(string fault, HashSet<string> named) =>
        named.Any(id => fault.Contains(id, StringComparison.Ordinal)) || fault.Contains("process", StringComparison.Ordinal)
        || (fault.Contains("activation", StringComparison.Ordinal) && (fault.Contains("router/", StringComparison.Ordinal) || fault.Contains("workspace/", StringComparison.Ordinal)));

    private static string Text(Line line, bool mark) => string.Create(CultureInfo.InvariantCulture, $"{(mark ? '>' : ' ')} {line.At:HH:mm:ss.fff}  {line.Who,-23} {line.What}");

    private sealed record Line(DateTimeOffset At, long Position, StreamId? Stream, string Who, string What);
}
