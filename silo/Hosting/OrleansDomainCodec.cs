#if ORLEANS
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Carries the domain's values between silos, as JSON with the name of their type, so that the domain need not know Orleans.
/// Within a silo they cross as they are: none of them ever changes.</summary>
[Alias("routinggrid-domain")]
internal sealed class OrleansDomainCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    private const string Namespace = "RoutingGrid.Routing";

    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDerivedTypes } },
    };

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<OrleansDomainCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<OrleansDomainCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<OrleansDomainCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<OrleansDomainCodec>());
        services.AddSerializer(serializer => serializer.Configure(options => options.WellKnownTypeAliases["routinggrid-domain"] = typeof(OrleansDomainCodec)));
    }

    bool IGeneralizedCodec.IsSupportedType(Type type) => type == typeof(OrleansDomainCodec) || IsDomain(type);

    bool IGeneralizedCopier.IsSupportedType(Type type) => IsDomain(type);

    bool? ITypeFilter.IsTypeAllowed(Type type) => type == typeof(OrleansDomainCodec) || IsDomain(type) ? true : null;

    [return: NotNullIfNotNull(nameof(input))]
    object? IDeepCopier.DeepCopy(object? input, CopyContext context) => input;

    void IFieldCodec.WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, [AllowNull] Type expectedType, [AllowNull] object value)
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value)) return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(OrleansDomainCodec), WireType.TagDelimited);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(0, WireType.LengthPrefixed);
        writer.Session.TypeCodec.WriteLengthPrefixed(ref writer, value!.GetType());
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(1, WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)json.Length);
        writer.Write(json);
        writer.WriteEndObject();
    }

    object? IFieldCodec.ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference) return ReferenceCodec.ReadReference(ref reader, field.FieldType!);
        field.EnsureWireTypeTagDelimited();
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        Type? type = null;
        object? value = null;
        uint fieldId = 0;
        while (reader.ReadFieldHeader() is { IsEndBaseOrEndObject: false } header)
        {
            fieldId += header.FieldIdDelta;
            switch (fieldId)
            {
                case 0:
                    ReferenceCodec.MarkValueField(reader.Session);
                    type = reader.Session.TypeCodec.ReadLengthPrefixed(ref reader);
                    break;
                case 1 when type is not null:
                    ReferenceCodec.MarkValueField(reader.Session);
                    value = JsonSerializer.Deserialize(reader.ReadBytes(reader.ReadVarUInt32()), type, Json);
                    break;
                default:
                    reader.ConsumeUnknownField(header);
                    break;
            }
        }
        ReferenceCodec.RecordObject(reader.Session, value!, placeholder);
        return value;
    }

    private static bool IsDomain(Type type) =>
        !type.IsEnum && type.Namespace is { } name && name.StartsWith(Namespace, StringComparison.Ordinal) && (name.Length == Namespace.Length || name[Namespace.Length] == '.');

    /// <summary>A closed set of alternatives is an abstract record with nested ones: inside another value their names say which it is.</summary>
    private static void NameDerivedTypes(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || !IsDomain(info.Type)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions();
        foreach (var derived in info.Type.Assembly.GetTypes().Where(type => type.IsSubclassOf(info.Type) && !type.IsAbstract))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(derived, derived.FullName!));
    }
}
#endif
