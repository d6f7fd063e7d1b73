using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Tests.Codec;

/// <summary>Values of any domain type with everything set, and with as little set as possible: a property that is added later is
/// covered at once.</summary>
internal static class Filled
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567);

    internal static IEnumerable<Type> EventTypes =>
        typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract);

    /// <summary>Every property set to something that no default is.</summary>
    internal static object Full(Type type) => Make(type, "value");

    /// <summary>Only what is required, and of that the smallest.</summary>
    internal static object Bare(Type type)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in Settable(type))
        {
            if (property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null) continue;
            property.SetValue(made, Smallest(property.PropertyType));
        }
        return made;
    }

    /// <summary>A value per property, with that one set, and what must be.</summary>
    internal static IEnumerable<object> WithOne(Type type)
    {
        foreach (var property in Settable(type))
        {
            var made = Bare(type);
            property.SetValue(made, Make(property.PropertyType, property.Name));
            yield return made;
        }
    }

    /// <summary>All that a value holds, as text: records compare their arrays and dictionaries by reference.</summary>
    internal static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        DateTimeOffset time => $"{time.UtcTicks}{time.Offset}",
        IDictionary dictionary => $"{{{string.Join(",", dictionary.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}:{Describe(dictionary[key])}"))}}}",
        IEnumerable items => $"[{string.Join(",", items.Cast<object>().Select(Describe))}]",
        _ when value.GetType().Namespace!.StartsWith("RoutingGrid", StringComparison.Ordinal) && !value.GetType().IsEnum => DescribeRecord(value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string DescribeRecord(object value)
    {
        var text = new StringBuilder(value.GetType().Name).Append('(');
        foreach (var property in Settable(value.GetType())) text.Append(property.Name).Append('=').Append(Describe(property.GetValue(value))).Append(' ');
        return text.Append(')').ToString();
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).OrderBy(property => property.Name, StringComparer.Ordinal);

    private static object Make(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return $"{name} á\n\"ü\" 漢 🙂";
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 1L << 40;
        if (type == typeof(double)) return 0.1 + 0.2;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return Time;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Array(type.GetGenericArguments()[0], name);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>))
            return Dictionary(type.GetGenericArguments()[1], name);
        return Record(type, name);
    }

    private static object Record(Type type, string name)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => p.ParameterType != type)).MaxBy(c => c.GetParameters().Length);
        if (constructor is { } c && c.GetParameters() is { Length: > 0 } parameters)
            return c.Invoke([.. parameters.Select(p => Make(p.ParameterType, p.Name!))]);
        var made = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} of {name} cannot be made.");
        foreach (var property in Settable(type)) property.SetValue(made, Make(property.PropertyType, property.Name));
        return made;
    }

    private static object Array(Type item, string name)
    {
        var items = System.Array.CreateInstance(item, 2);
        items.SetValue(Make(item, name + "1"), 0);
        items.SetValue(Make(item, name + "2"), 1);
        return typeof(Immutable).GetMethod(nameof(Immutable.Of))!.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private static object Dictionary(Type item, string name)
    {
        var method = typeof(Immutable).GetMethod(nameof(Immutable.Map))!.MakeGenericMethod(item);
        return method.Invoke(null, [new[] { "zebra", "ant", "Ñandú" }, Make(item, name)])!;
    }

    private static object? Smallest(Type type)
    {
        if (type == typeof(string)) return "";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return typeof(Immutable)
            .GetMethod(nameof(Immutable.Of))!.MakeGenericMethod(type.GetGenericArguments()[0])
            .Invoke(null, [System.Array.CreateInstance(type.GetGenericArguments()[0], 0)]);
        if (type.IsValueType) return Activator.CreateInstance(type);
        return Make(type, "value");
    }

    private static class Immutable
    {
        public static ImmutableArray<T> Of<T>(T[] items) => [.. items];

        public static ImmutableDictionary<string, T> Map<T>(string[] keys, T value) => keys.ToImmutableDictionary(key => key, _ => value);
    }
}
