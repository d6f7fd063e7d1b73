using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RoutingGrid.Journal.Codec;

/// <summary>One kind of event: its stored name and how it is written.</summary>
internal sealed class EventType(string name, Type type)
{
    // Made at first use: a process that never sees an event does not pay for its metadata at start.
    private JsonTypeInfo? _json;

    internal string Name => name;
    internal JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);
    internal Type Type => type;
    internal JsonTypeInfo Json => _json ??= JournalJson.Options.GetTypeInfo(type);
}
