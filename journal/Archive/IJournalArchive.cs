using System.Collections.Immutable;

namespace RoutingGrid.Journal.Archive;

/// <summary>Which closed cases leave the tables, and where to.</summary>
/// <param name="Folder">Where the files are written; made if need be. They belong to the journal from then on: it reads them.</param>
/// <param name="ClosedBefore">Cases closed before this leave, unless they may still be reopened by their customer or have a deadline.</param>
/// <param name="Now">Whether a reopen window is over is judged at this time, and files are named after its day.</param>
public sealed record ArchiveOrder(string Folder, DateTimeOffset ClosedBefore, DateTimeOffset Now)
{
    /// <summary>Cases in one file, which leave the tables in one transaction.</summary>
    public int BatchCases { get; init; } = 1_000;

    /// <summary>Called before each step. Tests stop there, as a killed process does.</summary>
    internal Func<ArchiveStep, Task>? Before { get; init; }
}

/// <summary>The steps of a batch. A process may be killed between any two of them.</summary>
internal enum ArchiveStep { Announce, Write, Rename, Compare, Move, Done }

/// <summary>One file, and what left the tables with it.</summary>
/// <param name="Kept">Cases that stay in the tables although it is their time, each with the reason.</param>
public sealed record ArchivedBatch(string Path, long Bytes, ImmutableArray<ArchivedCase> Cases, ImmutableArray<string> Kept);

/// <summary>A case that is in a file now.</summary>
public readonly record struct ArchivedCase(string Workspace, string CaseId, DateTimeOffset ClosedAt);

/// <summary>Cases that left the tables together. Numbers grow in the order in which they left.</summary>
public sealed record CasesInFile(long File, ImmutableArray<StreamId> Cases);

/// <summary>A journal that can move closed cases to files, from where it goes on reading them.</summary>
public interface IJournalArchive
{
    /// <summary>Moves what is due, a file at a time, for as long as batches are asked for: who leaves the enumeration stops it, and sets its pace. Each batch
    /// is in its file, durably, before it leaves the tables. Beside a server's work it takes turns with it.</summary>
    /// <exception cref="IOException">The folder or the journal cannot be written. What was yielded stays done.</exception>
    /// <exception cref="ArchivingAlreadyException">Somebody else is at it.</exception>
    IAsyncEnumerable<ArchivedBatch> Archive(ArchiveOrder order, CancellationToken cancel = default);

    /// <summary>What <see cref="Archive"/> would move, in the order in which the cases arrived.</summary>
    IAsyncEnumerable<ArchivedCase> Due(ArchiveOrder order, CancellationToken cancel = default);

    /// <summary>The number of the last file that has cases; 0: there is none.</summary>
    ValueTask<long> LastFile(CancellationToken cancel = default);

    /// <summary>The first file above a number, with its cases, also those that have come back to the tables since; null: there is none.</summary>
    ValueTask<CasesInFile?> FileAfter(long file, CancellationToken cancel = default);
}

/// <summary>One archives a journal at a time.</summary>
public sealed class ArchivingAlreadyException(string message) : Exception(message);

/// <summary>A file with archived cases is missing or damaged. Everything else of the journal can be used.</summary>
public sealed class ArchiveUnusableException(string message, Exception? inner = null) : Exception(message, inner);
