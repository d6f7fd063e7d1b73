using System.Globalization;
using RoutingGrid.Journal;
using RoutingGrid.Simulation.Tests.Worlds;

namespace RoutingGrid.Simulation.Tests.Reports;

/// <summary>A run as it is told: events and faults in the order in which they happened.</summary>
internal sealed class Story
{
    /// <summary>Lines before the step at which something shows, and after it.</summary>
    private const int Before = 40;
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

    /// <summary>What happened to those of whom <paramref name="what"/> speaks, around a position, with the faults in between.</summary>
    public IEnumerable<string> Around(long position, string what)
    {
        var words = what.Split([' ', ',', '.', ':', ';', '\'', '\n', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var step = position == 0 ? null : _lines.FirstOrDefault(line => line.Position == position);
        var chosen = _lines.Where(line => line.Stream is not { } stream || stream == step?.Stream || words.Contains(stream.Id)).ToList();
        if (chosen.All(line => line.Stream is null)) chosen = _lines;
        var at = step is null ? chosen.Count - 1 : chosen.IndexOf(step);
        var first = Math.Max(0, at - Before);
        if (first > 0) yield return $"  … {first} earlier steps; --seed {Center.Spec.Seed} tells all";
        for (var i = first; i < Math.Min(chosen.Count, at + After + 1); i++) yield return Text(chosen[i], mark: step is not null && i == at);
    }

    private static string Text(Line line, bool mark) => string.Create(CultureInfo.InvariantCulture, $"{(mark ? '>' : ' ')} {line.At:HH:mm:ss.fff}  {line.Who,-23} {line.What}");

    private sealed record Line(DateTimeOffset At, long Position, StreamId? Stream, string Who, string What);
}
