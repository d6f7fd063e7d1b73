using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Simulation.Tests.Seeds;
using RoutingGrid.Simulation.Tests.Worlds;

namespace RoutingGrid.Simulation.Tests.Statistics;

/// <summary>What random centers wrote, as it was or stretched to weeks: two hours of haste become days, with nights and changes of clocks.</summary>
internal static class Stretched
{
    /// <summary>Everything that a center wrote until all was done.</summary>
    public static List<RecordedEvent> Run(SeedSpec spec)
    {
        using var center = new SeededCenter(spec);
        center.Run();
        var events = new List<RecordedEvent>();
        center.World.Run(async () =>
        {
            await foreach (var recorded in center.World.Journal.ReadAll()) events.Add(recorded);
        });
        return [.. events.Where(recorded => recorded.Stream.Workspace == center.World.Workspace)];
    }

    /// <summary>The same events, of which the first is at another time and all others so many times as far from it.</summary>
    public static List<RecordedEvent> To(this List<RecordedEvent> events, DateTimeOffset begins, double times) =>
    [
        .. events.Select(recorded => recorded with { Event = recorded.Event with { At = begins + ((recorded.Event.At - events[0].Event.At) * times) } }),
    ];

    /// <summary>Writes events to a journal, in their order, each as its own append or many at once.</summary>
    public static async Task Write(IJournal journal, IEnumerable<RecordedEvent> events)
    {
        var versions = new Dictionary<StreamId, long>();
        foreach (var (_, stream, _, happened) in events)
        {
            var version = versions.GetValueOrDefault(stream);
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(stream, version, [happened]), [])));
            versions[stream] = version + 1;
        }
    }
}
