using System.Text;
using System.Text.Json;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Tests.Codec;

/// <summary>
/// <c>recorded-events.jsonl</c>: events as versions before this one have written them. Lines are added, by
/// <c>dotnet run --project tests/journal -- record-events</c>, and never changed.
/// </summary>
internal static class RecordedEvents
{
    internal static IReadOnlyList<(string Name, string Json)> Read() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "recorded-events.jsonl")).Select(line =>
        {
            using var parsed = JsonDocument.Parse(line);
            return (parsed.RootElement.GetProperty("name").GetString()!, parsed.RootElement.GetProperty("event").GetRawText());
        }),
    ];

    /// <summary>Prints every event as this version writes it: with everything set, and with as little as possible.</summary>
    internal static int Print(TextWriter output)
    {
        foreach (var type in Filled.EventTypes.OrderBy(type => EventCodec.NameOf((DomainEvent)Filled.Bare(type)), StringComparer.Ordinal))
        {
            foreach (var happened in new[] { (DomainEvent)Filled.Full(type), (DomainEvent)Filled.Bare(type) })
                output.WriteLine($$"""{"name":"{{EventCodec.NameOf(happened)}}","event":{{Encoding.UTF8.GetString(EventCodec.ToUtf8(happened))}}}""");
        }
        return 0;
    }
}
