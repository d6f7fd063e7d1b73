using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Codec;

/// <summary>Events as text: a stable name, and compact UTF-8 JSON that is the same in every process.</summary>
public static class EventCodec
{
    /// <summary>The stored names, in order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. EventNames.ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The stored name of an event, such as <c>case.opened</c>.</summary>
    public static string NameOf(DomainEvent happened) => EventNames.Of(happened).Name;

    /// <summary>Writes an event's JSON, without its name.</summary>
    public static void Write(Utf8JsonWriter writer, DomainEvent happened) => Write(writer, happened, EventNames.Of(happened));

    /// <summary>An event's JSON, without its name.</summary>
    public static byte[] ToUtf8(DomainEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, EventNames.Of(happened).Json);

    /// <summary>Reads an event back.</summary>
    /// <exception cref="JournalUnusableException">The name is not known to this version, or the text is not such an event.</exception>
    public static DomainEvent Read(string name, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(name, ref reader);
    }

    /// <summary>Several events as one array: name, event, name, event …</summary>
    internal static void WriteMany(Utf8JsonWriter writer, ReadOnlySpan<DomainEvent> events)
    {
        writer.WriteStartArray();
        foreach (var happened in events) WriteNamed(writer, happened);
        writer.WriteEndArray();
    }

    /// <summary>An event's name, and the event.</summary>
    internal static void WriteNamed(Utf8JsonWriter writer, DomainEvent happened)
    {
        var type = EventNames.Of(happened);
        writer.WriteStringValue(type.EncodedName);
        Write(writer, happened, type);
    }

    /// <summary>An event's name, and the event without what it says of a customer's person.</summary>
    internal static void WriteSealed(Utf8JsonWriter writer, DomainEvent happened)
    {
        var type = EventNames.Of(happened);
        writer.WriteStringValue(type.EncodedName);
        if (!CaseEventJson.TryWrite(writer, happened, isSealed: true)) JsonSerializer.Serialize(writer, PersonalData.Remove(happened, ""), type.Json);
    }

    /// <summary>Reads the events that <see cref="WriteMany"/> wrote, up to what follows them.</summary>
    internal static void ReadMany(ReadOnlySpan<byte> json, List<DomainEvent> into)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var name = reader.GetString()!;
            reader.Read();
            into.Add(Read(name, ref reader));
        }
    }

    private static void Write(Utf8JsonWriter writer, DomainEvent happened, EventType type)
    {
        if (!CaseEventJson.TryWrite(writer, happened)) JsonSerializer.Serialize(writer, happened, type.Json);
    }

    private static DomainEvent Read(string name, ref Utf8JsonReader reader)
    {
        if (!EventNames.ByName.TryGetValue(name, out var type))
            throw new JournalUnusableException(
                $"The journal has an event '{name}' that this version does not know. Use the version that wrote it, or a newer one.");
        try
        {
            return (DomainEvent)JsonSerializer.Deserialize(ref reader, type.Json)!;
        }
        catch (JsonException e)
        {
            throw new JournalUnusableException(
                $"An event '{name}' in the journal cannot be read: {e.Message} Restore the journal from a backup.", e);
        }
    }
}
