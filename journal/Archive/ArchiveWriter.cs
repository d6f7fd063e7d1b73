using System.IO.Compression;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Archive;

/// <summary>Writes one file: a gzip member per case, so that each can be read, and be damaged, alone. Concatenated members are a gzip file.</summary>
internal static class ArchiveWriter
{
    internal const string Unfinished = ".tmp";

    /// <summary>Writes the file under its temporary name, durably.</summary>
    /// <returns>The pieces, in the order of the cases.</returns>
    internal static List<(CaseToArchive Case, ArchivedPiece Piece)> Write(string path, string folder, IReadOnlyList<CaseToArchive> cases)
    {
        var pieces = new List<(CaseToArchive, ArchivedPiece)>(cases.Count);
        using var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var line = PooledBuffer.Rent();
        var member = new MemoryStream();
        foreach (var found in cases)
        {
            line.Clear();
            ArchiveLine.Write(line, found);
            member.SetLength(0);
            using (var zip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(line.Written);
            var place = new PiecePlace(folder, Path.GetFileName(path), file.Position, (int)member.Length);
            file.Write(member.GetBuffer().AsSpan(0, (int)member.Length));
            pieces.Add((found, PieceOf(found, place)));
        }
        file.Flush(flushToDisk: true);
        return pieces;
    }

    private static ArchivedPiece PieceOf(CaseToArchive found, PiecePlace place) => new(
        found.Stream, found.Number, found.After, found.State.Version, found.First, found.Position, found.ClosedAt, found.State.Queue, place) { Key = found.Key };
}
