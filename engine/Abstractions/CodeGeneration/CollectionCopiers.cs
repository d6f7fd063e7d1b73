using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>Copiers of arrays and of the collections and tuples of the runtime library.</summary>
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, string> s_methods = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnly),
        [typeof(Collection<>)] = nameof(PlainCollection),
        [typeof(KeyValuePair<,>)] = nameof(Pair),
        [typeof(ImmutableArray<>)] = nameof(Immutables),
        [typeof(ImmutableList<>)] = nameof(ImmutableLists),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableSets),
        [typeof(ImmutableQueue<>)] = nameof(ImmutableQueues),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaries),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionaries),
        [typeof(ImmutableSortedSet<>)] = nameof(ImmutableSortedSets),
        [typeof(FrozenDictionary<,>)] = nameof(Frozen),
        [typeof(FrozenSet<>)] = nameof(FrozenSets),
        [typeof(Memory<>)] = nameof(Memories),
        [typeof(ReadOnlyMemory<>)] = nameof(ReadOnlyMemories),
    };

    /// <summary>Makes a copier of a generic type from the class that was generated for it.</summary>
    public static Copiers.Copier Close(Type open, Type[] arguments)
    {
        MethodInfo copy = open.MakeGenericType(arguments).GetMethod("Copy", BindingFlags.Static | BindingFlags.Public)!;
        return Wrap(copy, copy.ReturnType);
    }

    /// <summary>False if the type is not one of these; a null copier if values of it need no copying.</summary>
    public static bool TryFind(Type type, out Copiers.Copier? copier)
    {
        if (type.IsSZArray)
        {
            copier = Method(nameof(Array), type, [type.GetElementType()!]);
            return true;
        }

        copier = null;
        for (Type? candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (!candidate.IsGenericType)
            {
                continue;
            }

            Type definition = candidate.GetGenericTypeDefinition();
            Type[] arguments = candidate.GetGenericArguments();
            if (s_methods.TryGetValue(definition, out string? method))
            {
                // A set or dictionary that is frozen needs no copy when what it holds needs none; a list always does.
                bool frozen = IsFrozen(definition) && arguments.All(Copiers.IsImmutable);
                copier = frozen ? null : Method(method, candidate, arguments);
                return frozen || candidate == type || definition.Namespace == "System.Collections.Frozen";
            }

            if (definition.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
                || definition.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal))
            {
                copier = arguments.All(Copiers.IsImmutable) ? null : Tuple(type, definition.FullName.StartsWith("System.Value", StringComparison.Ordinal));
                return true;
            }
        }

        // Literals such as [1, 2, 3] given to a read-only interface are of a type of the compiler's own.
        if (type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal) && type.IsGenericType)
        {
            copier = Method(nameof(Literal), typeof(IEnumerable<>).MakeGenericType(type.GetGenericArguments()), type.GetGenericArguments());
            return true;
        }

        return false;
    }

    private static bool IsFrozen(Type definition) =>
        definition.Namespace is "System.Collections.Frozen" or "System.Collections.Immutable" || definition == typeof(KeyValuePair<,>);

    private static Copiers.Copier Method(string name, Type type, Type[] arguments) =>
        Wrap(typeof(CollectionCopiers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments), type);

    private static Copiers.Copier Wrap(MethodInfo copy, Type type) =>
        (Copiers.Copier)typeof(CollectionCopiers).GetMethod(nameof(WrapTyped), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type, copy.ReturnType).Invoke(null, [copy])!;

    private static Copiers.Copier WrapTyped<TIn, TOut>(MethodInfo copy)
    {
        var typed = copy.CreateDelegate<Func<TIn, CopyContext, TOut>>();
        if (typeof(TIn).IsValueType)
        {
            return (original, context) => typed((TIn)original, context)!;
        }

        return (original, context) =>
        {
            if (context.TryGet(original, out object? known))
            {
                return known;
            }

            return typed((TIn)original, context)!;
        };
    }

    private static Copiers.Copier Tuple(Type type, bool isValue)
    {
        PropertyInfo[] properties = type.GetProperties();
        FieldInfo[] fields = type.GetFields();
        return (original, context) =>
        {
            var tuple = (System.Runtime.CompilerServices.ITuple)original;
            object?[] items = isValue
                ? System.Array.ConvertAll(fields, field => Copiers.Copy(field.GetValue(tuple), context))
                : System.Array.ConvertAll(properties, property => Copiers.Copy(property.GetValue(tuple), context));
            return Activator.CreateInstance(type, items)!;
        };
    }

    private static T[] Array<T>(T[] original, CopyContext context)
    {
        var copy = (T[])original.Clone();
        context.Add(original, copy);
        if (!Copiers.IsImmutable(typeof(T)))
        {
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = Copiers.Copy(copy[i], context);
            }
        }

        return copy;
    }

    private static List<T> List<T>(List<T> original, CopyContext context)
    {
        var copy = new List<T>(original.Count);
        context.Add(original, copy);
        if (Copiers.IsImmutable(typeof(T)))
        {
            copy.AddRange(original);
            return copy;
        }

        foreach (T item in original)
        {
            copy.Add(Copiers.Copy(item, context));
        }

        return copy;
    }

    private static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(Dictionary<TKey, TValue> original, CopyContext context)
        where TKey : notnull
    {
        var copy = new Dictionary<TKey, TValue>(original.Count, original.Comparer);
        context.Add(original, copy);
        foreach ((TKey key, TValue value) in original)
        {
            copy.Add(Copiers.Copy(key, context), Copiers.Copy(value, context));
        }

        return copy;
    }

    private static HashSet<T> HashSet<T>(HashSet<T> original, CopyContext context) => Keep(original, new(Items(original, context), original.Comparer), context);

    private static Queue<T> Queue<T>(Queue<T> original, CopyContext context) => Keep(original, new(Items(original, context)), context);

    private static Stack<T> Stack<T>(Stack<T> original, CopyContext context) => Keep(original, new(Items(original, context).Reverse()), context);

    private static SortedDictionary<TKey, TValue> SortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue> original, CopyContext context)
        where TKey : notnull
    {
        var copy = new SortedDictionary<TKey, TValue>(original.Comparer);
        context.Add(original, copy);
        foreach ((TKey key, TValue value) in original)
        {
            copy.Add(Copiers.Copy(key, context), Copiers.Copy(value, context));
        }

        return copy;
    }

    private static SortedSet<T> SortedSet<T>(SortedSet<T> original, CopyContext context) => Keep(original, new(Items(original, context), original.Comparer), context);

    private static ReadOnlyCollection<T> ReadOnly<T>(ReadOnlyCollection<T> original, CopyContext context) => Keep(original, new(Items(original, context)), context);

    private static Collection<T> PlainCollection<T>(Collection<T> original, CopyContext context) => Keep(original, new(Items(original, context).ToList()), context);

    private static KeyValuePair<TKey, TValue> Pair<TKey, TValue>(KeyValuePair<TKey, TValue> original, CopyContext context) =>
        new(Copiers.Copy(original.Key, context), Copiers.Copy(original.Value, context));

    private static ImmutableArray<T> Immutables<T>(ImmutableArray<T> original, CopyContext context) =>
        original.IsDefault ? original : [.. Items(original, context)];

    private static ImmutableList<T> ImmutableLists<T>(ImmutableList<T> original, CopyContext context) => [.. Items(original, context)];

    private static ImmutableHashSet<T> ImmutableSets<T>(ImmutableHashSet<T> original, CopyContext context) => Items(original, context).ToImmutableHashSet(original.KeyComparer);

    private static ImmutableQueue<T> ImmutableQueues<T>(ImmutableQueue<T> original, CopyContext context) => ImmutableQueue.CreateRange(Items(original, context));

    private static ImmutableDictionary<TKey, TValue> ImmutableDictionaries<TKey, TValue>(ImmutableDictionary<TKey, TValue> original, CopyContext context)
        where TKey : notnull => Pairs(original, context).ToImmutableDictionary(original.KeyComparer, original.ValueComparer);

    private static ImmutableSortedDictionary<TKey, TValue> ImmutableSortedDictionaries<TKey, TValue>(
        ImmutableSortedDictionary<TKey, TValue> original, CopyContext context)
        where TKey : notnull => Pairs(original, context).ToImmutableSortedDictionary(original.KeyComparer, original.ValueComparer);

    private static ImmutableSortedSet<T> ImmutableSortedSets<T>(ImmutableSortedSet<T> original, CopyContext context) =>
        Items(original, context).ToImmutableSortedSet(original.KeyComparer);

    private static FrozenDictionary<TKey, TValue> Frozen<TKey, TValue>(FrozenDictionary<TKey, TValue> original, CopyContext context)
        where TKey : notnull => Pairs(original, context).ToFrozenDictionary(original.Comparer);

    private static FrozenSet<T> FrozenSets<T>(FrozenSet<T> original, CopyContext context) => Items(original, context).ToFrozenSet(original.Comparer);

    private static Memory<T> Memories<T>(Memory<T> original, CopyContext context) => Items(original.ToArray(), context);

    private static ReadOnlyMemory<T> ReadOnlyMemories<T>(ReadOnlyMemory<T> original, CopyContext context) => Items(original.ToArray(), context);

    private static List<T> Literal<T>(IEnumerable<T> original, CopyContext context)
    {
        List<T> copy = [.. Items(original, context)];
        context.Add(original, copy);
        return copy;
    }

    private static T[] Items<T>(IEnumerable<T> original, CopyContext context)
    {
        T[] items = [.. original];
        if (!Copiers.IsImmutable(typeof(T)))
        {
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = Copiers.Copy(items[i], context);
            }
        }

        return items;
    }

    private static IEnumerable<KeyValuePair<TKey, TValue>> Pairs<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> original, CopyContext context) =>
        [.. original.Select(pair => Pair(pair, context))];

    private static T Keep<T>(T original, T copy, CopyContext context)
        where T : class
    {
        context.Add(original, copy);
        return copy;
    }
}
