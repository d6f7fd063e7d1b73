using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>How many may wait. That a queue exists is checked with the workspace.</summary>
internal static class LimitReader
{
    public static ImmutableArray<QueueLimit> Read(JsonPart part, TypeNames types) =>
        [.. part.Items(0, 1_000, "limits").Select(item => One(item, types)).OfType<QueueLimit>()];

    private static QueueLimit? One(JsonPart part, TypeNames types)
    {
        var fields = part.Fields("type", "queue", "waiting");
        var waiting = fields.Need("waiting", "how many may wait")?.Whole(0, 1_000_000) ?? 0;
        if (fields.Find("queue") is { } queue)
        {
            if (fields.Find("type") is { } both) both.Bad("is there beside queue.", "Give one of the two.");
            return new QueueLimit(null, queue.Text(), waiting);
        }
        if (fields.Need("type", "the contact type or the queue that it is for") is not { } type) return null;
        var name = type.Text();
        if (name.Length > 0) types.Has(type, name);
        return new QueueLimit(name, null, waiting);
    }
}
