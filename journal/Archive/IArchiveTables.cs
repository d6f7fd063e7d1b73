using System.Collections.Immutable;

namespace RoutingGrid.Journal.Archive;

/// <summary>A file that was announced in the tables.</summary>
/// <param name="Folder">As the tables have it.</param>
internal readonly record struct ArchiveFile(long Id, string Folder, string Name);

/// <summary>A closed case's row in the order of arrival, without a deadline in the tables.</summary>
internal readonly record struct ClosedCase(long Number, string CaseId, Routing.Cases.CaseState State);

/// <summary>What a run of archiving needs of a store.</summary>
internal interface IArchiveTables : IAsyncDisposable
{
    /// <summary>Announced files that no case is in: their process died. Nothing in the tables refers to them. From here to its end, this run is the only one.</summary>
    ValueTask<IReadOnlyList<ArchiveFile>> Leftovers(CancellationToken cancel);

    /// <summary>Announces a file under a name that begins with its day. It has a random part: a journal restored from a backup, or another one with the
    /// same folder, never gives it again, so that what is announced and has no case can be removed.</summary>
    ValueTask<ArchiveFile> Announce(string folder, DateTimeOffset at);

    /// <summary>Takes an announcement back.</summary>
    ValueTask Forget(ArchiveFile file);

    ValueTask<IReadOnlyList<(long Number, string Name)>> Workspaces(CancellationToken cancel);

    /// <summary>Closed cases of a workspace whose number is above <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<ClosedCase>> Closed(long workspace, string name, long after, int limit, CancellationToken cancel);

    /// <summary>The cases with what the tables have of their events; those that have none are left out.</summary>
    ValueTask<ImmutableArray<CaseToArchive>> Stored(IReadOnlyList<(StreamId Stream, ClosedCase Case)> cases, CancellationToken cancel);

    /// <summary>In one transaction: the pieces are noted, their slices and rows go. False: one of the cases is not as it was read, and nothing was changed.</summary>
    ValueTask<bool> Move(ArchiveFile file, IReadOnlyList<ArchivedPiece> pieces, IReadOnlyList<int> slices);
}
