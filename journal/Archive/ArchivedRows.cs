using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Archive;

/// <summary>Archived cases in lists. They are in those of their customer alone: other lists are of what the tables have.</summary>
internal static class ArchivedRows
{
    internal static bool MayPass(CaseFilter filter) =>
        filter is { Customer: not null, Agent: null, OpenOnly: false, Status: null or CaseStatus.Closed };

    /// <summary>A case whose file is missing or damaged: what the tables know of it, so that the customer's other cases can be listed. Who reads the case itself is
    /// told what is wrong.</summary>
    internal static CaseState Outline(ArchivedPiece piece, string customer) => new()
    {
        Version = piece.Version, Status = CaseStatus.Closed, CustomerId = customer, Queue = piece.Queue, ClosedAt = piece.ClosedAt,
    };

    /// <summary>Rows and pieces, both newest first, as one list. What was moved while both were read counts once.</summary>
    internal static List<(long Id, T Item)> Merge<T>(List<(long Id, T Item)> rows, List<(long Id, T Item)> archived, int limit)
    {
        var known = rows.Select(row => row.Id).ToHashSet();
        return [.. rows.Concat(archived.Where(entry => !known.Contains(entry.Id))).OrderByDescending(entry => entry.Id).Take(limit)];
    }
}
