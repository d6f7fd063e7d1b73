using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Personal;

/// <summary>A customer's key in one append.</summary>
/// <param name="IsNew">It is stored with this append, or never.</param>
internal sealed record CustomerKey(StreamId Customer, PersonalKey Key, bool IsNew);

/// <summary>Which keys an append's streams are sealed with; null where a stream's events say nothing personal.</summary>
/// <param name="era">The era of <see cref="CustomerKeys"/> in which they were looked up.</param>
internal sealed class Sealing(CustomerKey?[] keys, int era = 0)
{
    private readonly CustomerKey[] _distinct = Distinct(keys);

    internal static Sealing None { get; } = new([]);

    internal int Era => era;

    internal CustomerKey? Of(int stream) => stream < keys.Length ? keys[stream] : null;

    /// <summary>Each key once; nearly always one or none.</summary>
    internal ReadOnlySpan<CustomerKey> Keys => _distinct;

    private static CustomerKey[] Distinct(CustomerKey?[] keys)
    {
        // A list would cost more than what nearly always comes of it: the one key of one customer, on a case and on their own stream.
        CustomerKey? only = null;
        foreach (var key in keys)
        {
            if (key is null || ReferenceEquals(key, only)) continue;
            if (only is not null) return [.. keys.OfType<CustomerKey>().Distinct()];
            only = key;
        }
        return only is null ? [] : [only];
    }

    /// <summary>The customer whose personal data a stream's new events have; null: they have none, or nobody says whose it is.</summary>
    internal static StreamId? CustomerOf(Append append, int stream)
    {
        var (name, events) = (append.Streams[stream].Stream, append.Streams[stream].Events);
        if (!HasPersonalData(events)) return null;
        if (name.Kind == StreamKind.Customer) return name;
        foreach (var happened in events)
            if (happened is CaseOpened opened) return new StreamId(StreamKind.Customer, name.Workspace, opened.CustomerId);
        foreach (var change in append.Changes)
            if (change is ReadModelChange.PutCase put && put.Row.CaseId == name.Id && put.Row.Workspace == name.Workspace)
                return new StreamId(StreamKind.Customer, name.Workspace, put.Row.State.CustomerId);
        return null;
    }

    private static bool HasPersonalData(ImmutableArray<Routing.DomainEvent> events)
    {
        foreach (var happened in events)
            if (PersonalData.IsIn(happened)) return true;
        return false;
    }
}
