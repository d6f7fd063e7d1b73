using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Journal.Codec;

/// <summary>How events, states and rows are written as JSON: camelCase, nothing that reads back the same when left out.</summary>
/// <remarks>
/// Metadata comes from reflection, once per type, and not from the source generator: a generated reader sets every
/// init-only property, those that the text leaves out to <c>default</c>. Old events would lose the initial values of
/// properties that were added after they were written, and absent lists would be uninitialised arrays.
/// </remarks>
internal static class JournalJson
{
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            IgnoreReadOnlyProperties = true,
            Encoder = WriterOptions.Encoder,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatReadsBackTheSame } },
            Converters = { new UtcTime(), new SortedDictionary(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutWhatReadsBackTheSame(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        var fresh = info.Type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(info.Type);
        var isConfiguration = info.Type.Namespace == typeof(WorkspaceConfiguration).Namespace;
        foreach (var property in info.Properties)
        {
            // A zero or a false was left out by the writer, so it cannot be demanded of the text.
            if (property.PropertyType.IsValueType) property.IsRequired = false;

            // A configuration is written in full: its defaults may change one day, what was decided then must not.
            if (isConfiguration) property.ShouldSerialize = static (_, value) => value is not null;
            else if (fresh is not null && property.Get!(fresh) is { } initial && !IsZero(initial)) property.ShouldSerialize = Unless(initial);
        }
    }

    private static bool IsZero(object value) => value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType()));

    /// <summary>Only emptiness is left out: it is the one initial value that can be trusted never to change.</summary>
    private static Func<object, object?, bool> Unless(object initial) => initial switch
    {
        "" => static (_, value) => value is not "",
        ICollection { Count: 0 } => static (_, value) => value is not ICollection { Count: 0 },
        Routing.Cases.Requirements none => (_, value) => !none.Equals(value),
        _ => static (_, _) => true,
    };
}
