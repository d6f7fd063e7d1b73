using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Api.Cases;

/// <summary>Everything that happened to a case, in order.</summary>
internal sealed record TimelineView(ImmutableArray<TimelineItem> Items);

/// <summary>One thing that happened.</summary>
/// <param name="Version">The case's version with it.</param>
/// <param name="By">Who caused it; absent: the system itself.</param>
/// <param name="Type">Its stable name, such as <c>case.offered</c>.</param>
/// <param name="Data">What else is known of it, by its type.</param>
internal sealed record TimelineItem(long Version, DateTimeOffset At, string? By, string Type, JsonObject Data)
{
    public static TimelineItem Of(RecordedEvent recorded)
    {
        var reader = new Utf8JsonReader(EventCodec.ToUtf8(recorded.Event));
        var data = JsonNode.Parse(ref reader)!.AsObject();
        data.Remove("at");
        data.Remove("by");
        data.Remove("commandId");
        return new TimelineItem(recorded.Version, recorded.Event.At, recorded.Event.By, EventCodec.NameOf(recorded.Event), data);
    }
}
