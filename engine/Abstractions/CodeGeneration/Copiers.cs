using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>
/// Deep copies of the values that cross between grains. What to do with a type is found out when a value of it is first
/// copied; from then on it is one look-up per object. Immutable values come back as they are.
/// </summary>
public static class Copiers
{
    // A null copier means that values of the type need no copying.
    private static readonly ConcurrentDictionary<Type, Copier?> s_known = new();
    private static readonly ConcurrentDictionary<Type, Type> s_open = new();
    private static readonly ConcurrentDictionary<string, bool> s_immutableNamespaces = new();

    internal delegate object Copier(object original, CopyContext context);

    /// <summary>A copy of a whole graph.</summary>
    public static T Copy<T>(T value) => Copy(value, new CopyContext());

    /// <summary>A copy of one object of a graph.</summary>
    /// <exception cref="CodecNotFoundException">The value is of a type that cannot cross between grains.</exception>
    public static T Copy<T>(T value, CopyContext context)
    {
        if (value is null)
        {
            return value;
        }

        object boxed = value;
        if (For(boxed.GetType()) is not { } copier)
        {
            return value;
        }

        object copy = copier(boxed, context);
        return copy is T typed ? typed : (T)((IAddressable)copy).AsReference(typeof(T));
    }

    /// <summary>True when values declared as this type never need copying, whatever they are at run time.</summary>
    internal static bool IsImmutable(Type type) => (type.IsSealed || type.IsValueType) && For(type) is null;

    internal static void Register<T>(Func<T, CopyContext, T> copy) => s_known[typeof(T)] = (original, context) =>
    {
        return copy((T)original, context)!;
    };

    internal static void RegisterImmutable(Type type) => s_known[type] = null;

    internal static void RegisterOpen(Type type, Type copier) => s_open[type] = copier;

    /// <summary>All types of this namespace and those below it are immutable values. For generated code.</summary>
    public static void RegisterImmutableNamespace(string name) => s_immutableNamespaces[name] = true;

    private static Copier? For(Type type) => s_known.TryGetValue(type, out Copier? copier) ? copier : Find(type);

    private static Copier? Find(Type type)
    {
        Copier? copier = FindNew(type);
        s_known[type] = copier;
        return copier;
    }

    private static Copier? FindNew(Type type)
    {
        if (BuiltInTypes.IsImmutable(type) || IsInImmutableNamespace(type))
        {
            return null;
        }

        if (type.IsGenericType && s_open.TryGetValue(type.GetGenericTypeDefinition(), out Type? open))
        {
            return CollectionCopiers.Close(open, type.GetGenericArguments());
        }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return typeof(IGrainObserver).IsAssignableFrom(type)
                ? throw new NotSupportedException($"{type} is not a reference: pass what CreateObjectReference<T>() returned for an observer.")
                : static (grain, _) => ((IGrainBase)grain).GrainContext.GrainReference;
        }

        return CollectionCopiers.TryFind(type, out Copier? copier) ? copier : throw new CodecNotFoundException(type);
    }

    private static bool IsInImmutableNamespace(Type type)
    {
        string space = type.Namespace ?? "";
        foreach (string name in s_immutableNamespaces.Keys)
        {
            if (space.StartsWith(name, StringComparison.Ordinal) && (space.Length == name.Length || space[name.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
