using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>What the writer remembers of a stream, and of the case or agent that it is about.</summary>
internal sealed class KnownStream(long id, StreamKind kind, bool isNew)
{
    internal long Id { get; } = id;
    internal long Version { get; set; }

    /// <summary>Whether its slices are a chain, and not in the index.</summary>
    internal bool IsChain { get; } = kind == StreamKind.Agent;

    /// <summary>The position of a chain's last slice; 0: it has none.</summary>
    internal long Last { get; set; }

    /// <summary>The group has added to the chain.</summary>
    internal bool HasGrown { get; set; }

    /// <summary>Whether <see cref="Facts"/> says what the tables say; for a stream that began just now they say nothing.</summary>
    internal bool FactsKnown { get; set; } = isNew;

    /// <summary>The case's row as the tables have it; null where there is none.</summary>
    internal CaseFacts? Facts { get; set; }

    /// <summary>The append with the last row that the group puts: the ones before it are never written.</summary>
    internal AppendItem? PendingItem { get; set; }
    internal int PendingChange { get; set; }

    /// <summary>The id of the key that the customer was given last; 0: none is remembered.</summary>
    internal long Key { get; set; }

    /// <summary>What the group last said of each deadline.</summary>
    internal List<PendingDeadline> PendingDeadlines => field ??= [];
}

/// <summary>A deadline to write, or to remove where there is no row.</summary>
internal readonly record struct PendingDeadline(DeadlineKind Kind, string Key, DeadlineRow? Row);
