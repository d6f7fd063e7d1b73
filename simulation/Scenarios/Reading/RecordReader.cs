using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Reads a record as the API does, and reports every field that does not fit, not only the first.</summary>
internal static class RecordReader
{
    private static readonly JsonSerializerOptions Options = Create();

    public static T Read<T>(JsonPart part) where T : class, new()
    {
        var before = part.Errors.Count;
        Check(part, Options.GetTypeInfo(typeof(T)));
        if (part.Errors.Count > before) return new T();
        try
        {
            return part.Value.Deserialize<T>(Options) ?? new T();
        }
        catch (JsonException exception)
        {
            return part.Bad($"cannot be read: {exception.Message}", "See docs/scenario.schema.json.", new T());
        }
    }

    private static void Check(JsonPart part, JsonTypeInfo info)
    {
        if (info.Kind == JsonTypeInfoKind.Object) CheckObject(part, info);
        else if (info.Kind == JsonTypeInfoKind.Enumerable && part.IsList)
            foreach (var item in part.Items(0, int.MaxValue, "entries")) Check(item, Options.GetTypeInfo(info.ElementType!));
        else if (info.Kind == JsonTypeInfoKind.Dictionary && part.IsObject)
            foreach (var entry in part.Value.EnumerateObject()) Check(new JsonPart(entry.Value, $"{part.Path}.{entry.Name}", part.Errors), Options.GetTypeInfo(info.ElementType!));
        else CheckValue(part, info.Type);
    }

    private static void CheckObject(JsonPart part, JsonTypeInfo info)
    {
        var fields = part.Fields([.. info.Properties.Select(property => property.Name)]);
        if (!part.IsObject) return;
        foreach (var property in info.Properties)
        {
            if (fields.Find(property.Name) is { } field)
            {
                if (!(property.IsSetNullable && field.Value.ValueKind == JsonValueKind.Null)) Check(field, Options.GetTypeInfo(property.PropertyType));
            }
            else if (property.IsRequired) fields.Need(property.Name, Wanted(property.PropertyType));
        }
    }

    private static void CheckValue(JsonPart part, Type type)
    {
        try
        {
            if (part.Value.Deserialize(type, Options) is not null) return;
        }
        catch (JsonException)
        {
        }
        part.Bad($"is {part.Described()}.", $"Give {Wanted(type)}.");
    }

    private static string Wanted(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        if (type == typeof(int)) return "a whole number";
        if (type == typeof(double)) return "a number";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(string)) return "a text";
        return typeof(IDictionary).IsAssignableFrom(type) ? "an object" : typeof(IEnumerable).IsAssignableFrom(type) ? "a list" : "an object";
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
