namespace RoutingGrid.Simulation.Traffic;

/// <summary>The traffic of a brand on its social networks: who writes what, where and when. Pure, and endless.</summary>
public static class TrafficGenerator
{
    /// <summary>Everything that happens from the start on, in the order of time. Enumerating again gives the same events again.</summary>
    public static IEnumerable<TrafficEvent> Events(TrafficSettings settings)
    {
        var random = new Random(settings.Seed);
        var conversations = new Conversations(new Random(random.Next()));
        // Conversations overlap: what a customer does later waits here until its time comes. The number keeps the order of equals.
        var later = new PriorityQueue<TrafficEvent, (DateTimeOffset At, long Number)>();
        var number = 0L;
        foreach (var arrival in Arrivals.From(settings, random))
        {
            while (later.TryPeek(out var next, out var due) && due.At <= arrival.At)
            {
                later.Dequeue();
                yield return next;
            }
            foreach (var what in conversations.Write(arrival)) later.Enqueue(what, (what.At, number++));
        }
    }
}
