using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Personal;

/// <summary>Personal data as text: a list with an entry per event, null where it has none. Written by hand, since every message is.</summary>
internal static class PersonalJson
{
    private static readonly JsonEncodedText s_customer = JsonEncodedText.Encode("customer");
    private static readonly JsonEncodedText s_name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText s_thread = JsonEncodedText.Encode("thread");
    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText s_text = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText s_commandId = JsonEncodedText.Encode("commandId");
    private static readonly JsonEncodedText s_reach = JsonEncodedText.Encode("reach");
    private static readonly JsonEncodedText s_attributes = JsonEncodedText.Encode("attributes");

    internal static void Write(Utf8JsonWriter json, ImmutableArray<DomainEvent> events)
    {
        json.WriteStartArray();
        foreach (var happened in events)
        {
            if (PersonalData.Of(happened) is { } data) Write(json, data);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
        json.Flush();
    }

    internal static PersonalData?[] Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<PersonalData?[]>(json, JournalJson.Options) ?? [];

    private static void Write(Utf8JsonWriter json, PersonalData data)
    {
        json.WriteStartObject();
        Write(json, s_customer, data.Customer);
        Write(json, s_name, data.Name);
        Write(json, s_thread, data.Thread);
        Write(json, s_id, data.Id);
        Write(json, s_text, data.Text);
        Write(json, s_commandId, data.CommandId);
        if (data.Reach != 0) json.WriteNumber(s_reach, data.Reach);
        if (!data.Attributes.IsEmpty)
        {
            json.WritePropertyName(s_attributes);
            JsonSerializer.Serialize(json, data.Attributes, JournalJson.Options);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonEncodedText name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
