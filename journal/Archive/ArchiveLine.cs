using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Archive;

/// <summary>A case as a line of JSON: its place in the journal in the clear, its events byte by byte as they were stored.</summary>
internal static class ArchiveLine
{
    private const int Form = 1;

    internal static void Write(IBufferWriter<byte> into, CaseToArchive found)
    {
        using (var json = new Utf8JsonWriter(into, JournalJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("form"u8, Form);
            json.WriteString("workspace"u8, found.Stream.Workspace);
            json.WriteString("case"u8, found.Stream.Id);
            json.WriteString("closedAt"u8, found.ClosedAt.UtcDateTime);
            json.WriteNumber("version"u8, found.State.Version);
            json.WriteNumber("after"u8, found.After);
            json.WriteNumber("stream"u8, found.Number);
            json.WriteStartArray("slices"u8);
            foreach (var slice in found.Slices) Write(json, slice);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        into.Write("\n"u8);
    }

    /// <summary>The slices of a line that is this piece.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    internal static ImmutableArray<StoredSlice> Read(ReadOnlyMemory<byte> line, ArchivedPiece piece)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.GetProperty("form").GetInt32() != Form) throw new InvalidDataException("it was written by a newer version");
            var isThis = root.GetProperty("workspace").ValueEquals(piece.Stream.Workspace) && root.GetProperty("case").ValueEquals(piece.Stream.Id)
                && root.GetProperty("version").GetInt64() == piece.Version && root.GetProperty("after").GetInt64() == piece.After
                && root.GetProperty("stream").GetInt64() == piece.Number;
            if (!isThis) throw new InvalidDataException("it is another case, or other versions of it");
            return [.. root.GetProperty("slices").EnumerateArray().Select(Slice)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"its text cannot be read: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, StoredSlice slice)
    {
        json.WriteStartObject();
        json.WriteNumber("position"u8, slice.Position);
        json.WriteNumber("version"u8, slice.Version);
        if (slice.Checksum is { } checksum) json.WriteNumber("checksum"u8, checksum);
        json.WritePropertyName("events"u8);
        json.WriteRawValue(slice.Events.Span, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static StoredSlice Slice(JsonElement slice) => new(
        slice.GetProperty("position").GetInt64(), slice.GetProperty("version").GetInt64(),
        slice.TryGetProperty("checksum", out var checksum) ? checksum.GetInt64() : null,
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(slice.GetProperty("events")).ToArray());
}
