using System.IO.Compression;
using System.Text.Json;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>
/// <c>recorded-week.jsonl.gz</c>: everything that a center of <c>tests/simulation</c> wrote (seed 2, with all faults, crashes among them), each moment forty times as far from the
/// first as it was: two hours became days, from 2026-03-26, and the clock of Madrid changes among them.
/// </summary>
internal static class RecordedWeek
{
    internal const string Workspace = "week";

    /// <summary>In the order of positions, which are counted from 1.</summary>
    internal static List<RecordedEvent> Read()
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "recorded-week.jsonl.gz")), CompressionMode.Decompress));
        var events = new List<RecordedEvent>();
        var versions = new Dictionary<StreamId, long>();
        while (file.ReadLine() is { } line)
        {
            using var parsed = JsonDocument.Parse(line);
            var root = parsed.RootElement;
            var stream = new StreamId(Enum.Parse<StreamKind>(root.GetProperty("kind").GetString()!), Workspace, root.GetProperty("id").GetString()!);
            versions[stream] = versions.GetValueOrDefault(stream) + 1;
            events.Add(new RecordedEvent(
                events.Count + 1, stream, versions[stream], EventCodec.Read(root.GetProperty("name").GetString()!, JsonSerializer.SerializeToUtf8Bytes(root.GetProperty("event")))));
        }
        return events;
    }

    /// <summary>Some at a time: in what order those of different streams come means nothing, but for configurations.</summary>
    internal static async Task Write(IJournal journal, IEnumerable<RecordedEvent> events)
    {
        var some = new List<RecordedEvent>();
        foreach (var recorded in events)
        {
            var isConfiguration = recorded.Stream.Kind == StreamKind.Workspace;
            if (isConfiguration || some.Count == 40) await Append();
            some.Add(recorded);
            if (isConfiguration) await Append();
        }
        await Append();

        async Task Append()
        {
            if (some.Count == 0) return;
            var streams = some.GroupBy(recorded => recorded.Stream).Select(stream => new StreamAppend(stream.Key, stream.First().Version - 1, [.. stream.Select(recorded => recorded.Event)]));
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append([.. streams], [], [])));
            some.Clear();
        }
    }
}
