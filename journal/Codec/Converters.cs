using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoutingGrid.Journal.Codec;

/// <summary>Times in UTC, exact to the tick, as short as ISO 8601 allows: <c>2026-01-31T09:00:00Z</c>.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}

/// <summary>
/// Immutable dictionaries in the order of their keys. Their own order depends on string hashes, which differ from process
/// to process; the same event must have the same text everywhere.
/// </summary>
internal sealed class SortedDictionary : JsonConverterFactory
{
    public override bool CanConvert(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>) && type.GetGenericArguments()[0] == typeof(string);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()[1]))!;

    private sealed class Of<T> : JsonConverter<ImmutableDictionary<string, T>>
    {
        public override ImmutableDictionary<string, T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object is expected.");
            var builder = ImmutableDictionary.CreateBuilder<string, T>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                builder[key] = JsonSerializer.Deserialize<T>(ref reader, options)!;
            }
            return builder.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableDictionary<string, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.Count == 1)
            {
                foreach (var (key, item) in value) WriteOne(writer, key, item, options);
            }
            else if (value.Count > 1)
            {
                foreach (var key in value.Keys.Order(StringComparer.Ordinal)) WriteOne(writer, key, value[key], options);
            }
            writer.WriteEndObject();
        }

        private static void WriteOne(Utf8JsonWriter writer, string key, T item, JsonSerializerOptions options)
        {
            writer.WritePropertyName(key);
            JsonSerializer.Serialize(writer, item, options);
        }
    }
}
