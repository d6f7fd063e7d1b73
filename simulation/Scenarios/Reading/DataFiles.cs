using System.Collections.Immutable;
using System.Globalization;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Files that a scenario names: of values, and of recorded arrivals. Bad lines are reported by number.</summary>
internal sealed class DataFiles(string folder)
{
    private const int MostReported = 20;

    /// <summary>One value per line, in seconds.</summary>
    public ImmutableArray<double> Values(JsonPart part)
    {
        var values = ImmutableArray.CreateBuilder<double>();
        var bad = new BadLines(part);
        foreach (var (line, text) in Lines(part))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= ScenarioLimits.Seconds) values.Add(value);
            else bad.Add(line, $"\"{text}\" is not a number of seconds from 0 to {ScenarioLimits.Seconds:0}");
        }
        bad.Report("Write one value per line, with a decimal point.");
        if (values.Count == 0 && bad.Count == 0 && part.Errors.Count == 0) part.Bad("names a file without values.", "Write one value per line.");
        return values.DrainToImmutable();
    }

    /// <summary>One time per row: ISO, or seconds since the start; of rows with a second column, those of this type.</summary>
    public ImmutableArray<TimeSpan> Times(JsonPart part, string type, DateTimeOffset start, TimeSpan end)
    {
        var times = new List<TimeSpan>();
        var bad = new BadLines(part);
        foreach (var (line, text) in Lines(part))
        {
            var cells = text.Split(',', StringSplitOptions.TrimEntries);
            if (line == 1 && cells[0] == "time") continue;
            if (cells.Length > 2) bad.Add(line, $"there are {cells.Length} columns");
            else if (Time(cells[0].Trim('"'), start) is not { } time) bad.Add(line, $"\"{cells[0]}\" is not a time");
            else if (time < TimeSpan.Zero || time >= end) bad.Add(line, $"{cells[0]} is not within the periods");
            else if (cells.Length == 1 || cells[1].Trim('"') == type) times.Add(time);
        }
        bad.Report("Write rows of a time (ISO, or seconds since the start) and, if the file is of several types, a type.");
        times.Sort();
        return [.. times];
    }

    private static TimeSpan? Time(string text, DateTimeOffset start)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) <= ScenarioLimits.Seconds) return TimeSpan.FromSeconds(seconds);
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Kind == DateTimeKind.Unspecified
            ? local - start.DateTime
            : null;
    }

    private IEnumerable<(int Line, string Text)> Lines(JsonPart part)
    {
        var name = part.Text();
        if (name.Length == 0) return [];
        var path = Path.Combine(folder, name);
        try
        {
            return [.. File.ReadAllLines(path).Select((text, i) => (i + 1, text.Trim())).Where(line => line.Item2.Length > 0)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            part.Bad($"names \"{name}\", which cannot be read: {exception.Message}", "Name a file, from the folder of the scenario.");
            return [];
        }
    }

    private sealed class BadLines(JsonPart part)
    {
        private readonly List<string> _lines = [];

        public int Count { get; private set; }

        public void Add(int line, string why)
        {
            if (++Count <= MostReported) _lines.Add($"line {line}: {why}");
        }

        public void Report(string allowed)
        {
            if (Count == 0) return;
            var more = Count > MostReported ? $"; and {Count - MostReported} more" : "";
            part.Bad($"names a file with bad lines: {string.Join("; ", _lines)}{more}.", allowed);
        }
    }
}
