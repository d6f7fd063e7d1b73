using System.Collections.Immutable;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace RoutingGrid.Journal.Archive;

/// <summary>Reads pieces out of the files. A few files stay open; who reads from one that is closed meanwhile still has it.</summary>
/// <param name="root">What relative folders are relative to. Null: folders are kept as they are.</param>
/// <param name="elsewhere">Where a file is looked for that is not where it was written.</param>
/// <param name="checksum">How this store makes the checksum of a slice of a stream's.</param>
internal sealed class ArchiveFiles(string? root, string? elsewhere, Func<long, StoredSlice, long> checksum) : IDisposable
{
    private const int MostOpen = 16;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SafeFileHandle> _open = new(StringComparer.Ordinal);
    private readonly Queue<string> _opened = [];

    /// <summary>A folder as the tables keep it: one below the root can be moved together with it.</summary>
    internal string Relative(string folder)
    {
        if (root is null) return Path.GetFullPath(folder);
        var path = Path.GetRelativePath(root, Path.GetFullPath(folder));
        return path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path) ? Path.GetFullPath(folder) : path;
    }

    /// <summary>Where a file was written to.</summary>
    internal string PathOf(string folder, string file) => Path.Combine(root ?? "", folder, file);

    /// <exception cref="ArchiveUnusableException">The file is missing, or is not what was written there.</exception>
    internal ImmutableArray<StoredSlice> Read(ArchivedPiece piece)
    {
        var path = Find(piece.Place);
        try
        {
            var bytes = new byte[piece.Place.Length];
            if (ReadAt(path, piece.Place.Offset, bytes) < bytes.Length) throw new InvalidDataException("it ends before");
            return Checked(piece, ArchiveLine.Read(Unpacked(bytes), piece));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ArchiveUnusableException(
                $"Case {piece.Stream.Id} of workspace {piece.Stream.Workspace} was archived to {path}, and cannot be read there at byte {piece.Place.Offset}: {e.Message} "
                + "Restore the file from a backup.", e);
        }
    }

    /// <summary>Compares a file with what was to be written into it.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    internal void Compare(string path, IReadOnlyList<(CaseToArchive Case, ArchivedPiece Piece)> written)
    {
        using var handle = File.OpenHandle(path);
        foreach (var (found, piece) in written)
        {
            var bytes = new byte[piece.Place.Length];
            if (RandomAccess.Read(handle, bytes, piece.Place.Offset) < bytes.Length) throw new InvalidDataException($"{path} is shorter than what was written to it.");
            var slices = Checked(piece, ArchiveLine.Read(Unpacked(bytes), piece));
            if (slices.Length != found.Slices.Length || !slices.Zip(found.Slices).All(pair => IsSame(pair.First, pair.Second)))
                throw new InvalidDataException($"{path} does not have case {found.Stream.Id} as it was written.");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var handle in _open.Values) handle.Dispose();
            _open.Clear();
        }
    }

    private static bool IsSame(StoredSlice one, StoredSlice other) =>
        one.Position == other.Position && one.Version == other.Version && one.Checksum == other.Checksum && one.Events.Span.SequenceEqual(other.Events.Span);

    private ImmutableArray<StoredSlice> Checked(ArchivedPiece piece, ImmutableArray<StoredSlice> slices)
    {
        var version = piece.After;
        foreach (var slice in slices)
        {
            if (slice.Checksum is { } written && written != checksum(piece.Number, slice)) throw new InvalidDataException($"the checksum at position {slice.Position} is another.");
            version += CaseToArchive.Count(slice.Events.Span);
            if (slice.Version != version) throw new InvalidDataException($"its versions have a gap before {slice.Version}.");
        }
        return version == piece.Version ? slices : throw new InvalidDataException($"its events end at version {version} and not at {piece.Version}.");
    }

    private static ReadOnlyMemory<byte> Unpacked(byte[] member)
    {
        using var zip = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        var line = new MemoryStream(member.Length * 4);
        zip.CopyTo(line);
        return line.GetBuffer().AsMemory(0, (int)line.Length);
    }

    private string Find(PiecePlace place)
    {
        var path = PathOf(place.Folder, place.File);
        if (File.Exists(path)) return path;
        if (elsewhere is not null && Path.Combine(elsewhere, place.File) is var other && File.Exists(other)) return other;
        throw new ArchiveUnusableException(
            $"The archive file {path} is not there: its cases cannot be read. Restore it from a backup, or name the folder that has it (serve --archive-to, other verbs --archive).");
    }

    private int ReadAt(string path, long offset, byte[] into)
    {
        var handle = Lease(path);
        try
        {
            return RandomAccess.Read(handle, into, offset);
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    private SafeFileHandle Lease(string path)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(path, out var handle))
            {
                if (_opened.Count == MostOpen && _open.Remove(_opened.Dequeue(), out var oldest)) oldest.Dispose();
                _open[path] = handle = File.OpenHandle(path);
                _opened.Enqueue(path);
            }
            var leased = false;
            handle.DangerousAddRef(ref leased);
            return handle;
        }
    }
}
