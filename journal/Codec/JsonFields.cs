using System.Text.Json;

namespace RoutingGrid.Journal.Codec;

/// <summary>Properties as <see cref="JournalJson"/> has them written: what reads back the same when left out is left out.</summary>
internal static class JsonFields
{
    /// <summary>The name of a property in the text.</summary>
    internal static JsonEncodedText NameOf(string property) => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(property));

    internal static void Text(this Utf8JsonWriter json, JsonEncodedText name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    /// <summary>A text that is empty at first.</summary>
    internal static void TextUnlessEmpty(this Utf8JsonWriter json, JsonEncodedText name, string value)
    {
        if (value is not "") json.Text(name, value);
    }

    internal static void Number(this Utf8JsonWriter json, JsonEncodedText name, long value)
    {
        if (value != 0) json.WriteNumber(name, value);
    }

    internal static void Number(this Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        if (value != 0) json.WriteNumber(name, value);
    }

    internal static void Flag(this Utf8JsonWriter json, JsonEncodedText name, bool value)
    {
        if (value) json.WriteBoolean(name, true);
    }

    internal static void Time(this Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset value)
    {
        if (value != default) json.WriteString(name, value.UtcDateTime);
    }

    internal static void Time(this Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset? value)
    {
        if (value is { } time) json.WriteString(name, time.UtcDateTime);
    }

    internal static void Name<T>(this Utf8JsonWriter json, JsonEncodedText name, T value) where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, default)) json.Name(name, (T?)value);
    }

    internal static void Name<T>(this Utf8JsonWriter json, JsonEncodedText name, T? value) where T : struct, Enum
    {
        if (value is { } named) json.WriteString(name, JsonNames<T>.Of(named));
    }

    /// <summary>What is rare, or large, as the serializer writes it.</summary>
    internal static void Rest<T>(this Utf8JsonWriter json, JsonEncodedText name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, JournalJson.Options);
    }

    private static class JsonNames<T> where T : struct, Enum
    {
        private static readonly T[] Values = Enum.GetValues<T>();
        private static readonly JsonEncodedText[] Texts = [.. Values.Select(value => NameOf(value.ToString()))];

        internal static JsonEncodedText Of(T value) => Texts[Array.IndexOf(Values, value)];
    }
}
