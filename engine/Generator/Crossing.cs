using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RoutingGrid.Engine.Generator;

/// <summary>How values of a type cross between grains.</summary>
internal enum Way
{
    /// <summary>As they are.</summary>
    AsIs,

    /// <summary>As a deep copy, made at run time by what the value turns out to be.</summary>
    Copied,

    /// <summary>Not at all.</summary>
    Never,
}

/// <summary>Decides which types cross between grains, and how.</summary>
internal sealed class Crossing(ImmutableArray<string> immutableNamespaces)
{
    private static readonly HashSet<string> s_values =
    [
        "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Guid", "System.Uri", "System.Version", "System.Half",
        "System.Int128", "System.UInt128", "System.Numerics.BigInteger", "System.Text.Rune", "System.Index", "System.Range", "System.Net.IPAddress",
        "System.Net.IPEndPoint", "System.Globalization.CultureInfo", "System.Threading.CancellationToken", "System.Type", "Orleans.Runtime.GrainId",
        "Orleans.Runtime.GrainType", "Orleans.Runtime.IdSpan", "Orleans.Runtime.GrainInterfaceType", "Orleans.Runtime.TickStatus",
        "Orleans.Runtime.IGrainReminder",
    ];

    // Frozen when what they hold is.
    private static readonly HashSet<string> s_frozenHolders =
    [
        "System.Collections.Generic.KeyValuePair<TKey, TValue>", "System.Collections.Immutable.ImmutableArray<T>",
        "System.Collections.Immutable.ImmutableList<T>", "System.Collections.Immutable.ImmutableHashSet<T>",
        "System.Collections.Immutable.ImmutableQueue<T>", "System.Collections.Immutable.ImmutableSortedSet<T>",
        "System.Collections.Immutable.ImmutableDictionary<TKey, TValue>", "System.Collections.Immutable.ImmutableSortedDictionary<TKey, TValue>",
        "System.Collections.Frozen.FrozenDictionary<TKey, TValue>", "System.Collections.Frozen.FrozenSet<T>", "System.Tuple<T1>",
        "System.Tuple<T1, T2>", "System.Tuple<T1, T2, T3>", "System.Tuple<T1, T2, T3, T4>",
    ];

    private static readonly HashSet<string> s_holders =
    [
        "System.Collections.Generic.List<T>", "System.Collections.Generic.Dictionary<TKey, TValue>", "System.Collections.Generic.HashSet<T>",
        "System.Collections.Generic.Queue<T>", "System.Collections.Generic.Stack<T>", "System.Collections.Generic.SortedDictionary<TKey, TValue>",
        "System.Collections.Generic.SortedSet<T>", "System.Collections.ObjectModel.ReadOnlyCollection<T>",
        "System.Collections.ObjectModel.Collection<T>", "System.Memory<T>", "System.ReadOnlyMemory<T>",
    ];

    private readonly Dictionary<ITypeSymbol, Way> _known = new(SymbolEqualityComparer.Default);

    public Way Of(ITypeSymbol type)
    {
        if (_known.TryGetValue(type, out Way known))
        {
            return known;
        }

        // A type that contains itself is not frozen by that alone.
        _known[type] = Way.Copied;
        Way way = Find(type);
        _known[type] = way;
        return way;
    }

    /// <summary>True if a member can change after its object was made.</summary>
    public static bool IsMutable(IFieldSymbol field) =>
        !field.IsReadOnly && !(field.AssociatedSymbol is IPropertySymbol { SetMethod: null or { IsInitOnly: true } });

    /// <summary>The fields that hold the state of a type and of its bases.</summary>
    public static IEnumerable<IFieldSymbol> StateOf(INamedTypeSymbol type) =>
        type.SelfAndBases().Where(declaring => !IsRoot(declaring)).SelectMany(declaring => declaring.GetMembers().OfType<IFieldSymbol>())
            .Where(field => !field.IsStatic && !field.IsConst);

    public static bool IsRoot(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum || type.Is("System.Exception");

    private Way Find(ITypeSymbol type)
    {
        if (IsValue(type) || type.Has("Orleans.ImmutableAttribute") || IsInImmutableNamespace(type) || type.DerivesFrom("System.Exception"))
        {
            return Way.AsIs;
        }

        switch (type)
        {
            case IArrayTypeSymbol array:
                return array.Rank == 1 && Of(array.ElementType) != Way.Never ? Way.Copied : Way.Never;
            case ITypeParameterSymbol:
                return Way.Copied;
            case INamedTypeSymbol named:
                return FindNamed(named);
            default:
                return Way.Never;
        }
    }

    private Way FindNamed(INamedTypeSymbol type)
    {
        Way held = type.TypeArguments.Length == 0 ? Way.AsIs : type.TypeArguments.Select(Of).Max();
        if (held == Way.Never || type.TypeKind is TypeKind.Delegate or TypeKind.Error)
        {
            return Way.Never;
        }

        string name = type.OriginalDefinition.FullName();
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type.IsTupleType || s_frozenHolders.Contains(name))
        {
            return held;
        }

        if (s_holders.Contains(name) || type.SpecialType == SpecialType.System_Object)
        {
            return Way.Copied;
        }

        // What an interface stands for is known only at run time. References are checked there too: a grain must not pass itself.
        if (type.TypeKind == TypeKind.Interface)
        {
            return Way.Copied;
        }

        if (!type.Has("Orleans.GenerateSerializerAttribute"))
        {
            return Way.Never;
        }

        bool frozen = (type.IsSealed || type.IsValueType) && !type.IsGenericType
            && StateOf(type).All(field => !IsMutableMember(type, field) && Of(field.Type) == Way.AsIs);
        return frozen ? Way.AsIs : Way.Copied;
    }

    // A struct is copied by being passed; only what it refers to matters.
    private static bool IsMutableMember(INamedTypeSymbol type, IFieldSymbol field) => !type.IsValueType && IsMutable(field);

    private static bool IsValue(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime
        || s_values.Contains(type.FullName());

    private bool IsInImmutableNamespace(ITypeSymbol type)
    {
        string space = type.ContainingNamespace?.FullName() ?? "";
        return immutableNamespaces.Any(name => space == name || space.StartsWith(name + ".", StringComparison.Ordinal));
    }
}
