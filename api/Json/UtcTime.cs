using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoutingGrid.Api.Json;

/// <summary>Times are written in UTC, as short as ISO 8601 allows. A time without an offset is taken as UTC, not as the server's.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.TryGetDateTimeOffset(out var time)) throw new JsonException("a time in ISO 8601 is expected, such as 2026-01-31T09:00:00Z.");
        return reader.TryGetDateTime(out var plain) && plain.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(plain, TimeSpan.Zero)
            : time.ToUniversalTime();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}
