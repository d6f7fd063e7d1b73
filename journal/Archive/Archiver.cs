using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace RoutingGrid.Journal.Archive;

/// <summary>Moves closed cases to files. What has left the tables is durable in a file before; what a killed process has left behind
/// is an announced file that no case is in, and goes with the next run.</summary>
/// <param name="open">The tables, for one run.</param>
internal sealed class Archiver(Func<IArchiveTables> open, ArchiveFiles files, Func<long, StoredSlice, long> checksum)
{
    private int _running;

    internal async IAsyncEnumerable<ArchivedBatch> Run(ArchiveOrder order, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order.BatchCases, 1);
        if (Interlocked.Exchange(ref _running, 1) != 0) throw new ArchivingAlreadyException("The journal is being archived already.");
        try
        {
            await using var tables = open();
            foreach (var leftover in await tables.Leftovers(cancel)) await Remove(tables, leftover);
            var batch = new List<(StreamId, ClosedCase)>();
            await foreach (var due in DueCases(tables, order, cancel))
            {
                batch.Add(due);
                if (batch.Count < order.BatchCases) continue;
                if (await Write(tables, order, batch, cancel) is { } written) yield return written;
                batch.Clear();
            }
            if (batch.Count > 0 && await Write(tables, order, batch, cancel) is { } last) yield return last;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    internal async IAsyncEnumerable<ArchivedCase> Due(ArchiveOrder order, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var tables = open();
        await foreach (var (stream, found) in DueCases(tables, order, cancel)) yield return new ArchivedCase(stream.Workspace, stream.Id, found.State.ClosedAt!.Value);
    }

    private static async IAsyncEnumerable<(StreamId Stream, ClosedCase Case)> DueCases(
        IArchiveTables tables, ArchiveOrder order, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (workspace, name) in await tables.Workspaces(cancel))
        {
            for (var after = 0L; ;)
            {
                var page = await tables.Closed(workspace, name, after, order.BatchCases, cancel);
                foreach (var found in page)
                    if (CaseToArchive.IsDue(found.State, order)) yield return (new StreamId(StreamKind.Case, name, found.CaseId), found);
                // They come in the order of arrival, and none is closed before it arrived: what follows is younger still.
                if (page.Count < order.BatchCases || page.All(found => found.State.CreatedAt >= order.ClosedBefore)) break;
                after = page[^1].Number;
            }
        }
    }

    /// <summary>First the file: where this process dies in between, the announcement is still there for the next one.</summary>
    private async Task Remove(IArchiveTables tables, ArchiveFile file)
    {
        var path = files.PathOf(file.Folder, file.Name);
        // Its folder may be gone too, by hand.
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path + ArchiveWriter.Unfinished);
            File.Delete(path);
        }
        await tables.Forget(file);
    }

    /// <summary>Null: there was nothing to move after all.</summary>
    private async Task<ArchivedBatch?> Write(IArchiveTables tables, ArchiveOrder order, List<(StreamId, ClosedCase)> batch, CancellationToken cancel)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        var cases = new List<CaseToArchive>(batch.Count);
        foreach (var found in await tables.Stored(batch, cancel))
        {
            long ChecksumOf(StoredSlice slice) => checksum(found.Number, slice);
            if (found.WhyNot(ChecksumOf) is { } why) kept.Add($"case {found.Stream.Id} of workspace {found.Stream.Workspace} stays: {why}");
            else cases.Add(found.Sealed(ChecksumOf));
        }
        if (cases.Count == 0) return kept.Count == 0 ? null : new ArchivedBatch("", 0, [], kept.DrainToImmutable());

        await Before(order, ArchiveStep.Announce);
        var folder = files.Relative(order.Folder);
        var file = await tables.Announce(folder, order.Now);
        var path = files.PathOf(folder, file.Name);
        List<(CaseToArchive Case, ArchivedPiece Piece)> pieces;
        try
        {
            pieces = await ToFile(order, path, folder, cases);
        }
        catch (IOException)
        {
            await TryRemove(tables, file);
            throw;
        }
        await Before(order, ArchiveStep.Move);
        var isMoved = await tables.Move(file, pieces.ConvertAll(entry => entry.Piece), cases.ConvertAll(found => found.Slices.Length));
        await Before(order, ArchiveStep.Done);
        if (isMoved) return new ArchivedBatch(path, new FileInfo(path).Length, [.. cases.Select(Moved)], kept.DrainToImmutable());
        // Somebody wrote to one of the cases meanwhile. The rest is for the next time.
        await Remove(tables, file);
        return null;
    }

    /// <summary>What takes the last of a full disk must not stay until somebody archives again; but why it failed is what is told.</summary>
    private async Task TryRemove(IArchiveTables tables, ArchiveFile file)
    {
        try
        {
            await Remove(tables, file);
        }
        catch (IOException)
        {
            // It is left over, and goes with the next run.
        }
    }

    private async Task<List<(CaseToArchive Case, ArchivedPiece Piece)>> ToFile(ArchiveOrder order, string path, string folder, List<CaseToArchive> cases)
    {
        await Before(order, ArchiveStep.Write);
        var home = Path.GetDirectoryName(path)!;
        try
        {
            MakeDurably(home);
            var pieces = ArchiveWriter.Write(path, folder, cases);
            await Before(order, ArchiveStep.Rename);
            File.Move(path + ArchiveWriter.Unfinished, path);
            DurableFolder.Sync(home);
            await Before(order, ArchiveStep.Compare);
            files.Compare(path, pieces);
            return pieces;
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            throw new IOException($"Nothing left the journal: {e.Message}", e);
        }
    }

    private static void MakeDurably(string folder)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        if (Path.GetDirectoryName(folder) is { } parent) DurableFolder.Sync(parent);
    }

    private static ArchivedCase Moved(CaseToArchive found) => new(found.Stream.Workspace, found.Stream.Id, found.ClosedAt);

    private static Task Before(ArchiveOrder order, ArchiveStep step) => order.Before?.Invoke(step) ?? Task.CompletedTask;
}
