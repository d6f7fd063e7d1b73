using System.Buffers.Binary;
using System.IO.Compression;

namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// Decompresses a file and notices when it breaks off. <see cref="GZipStream"/> takes the end of the file for the end of the data, and
/// half a month would be replayed as if it were all. The last four bytes of a whole file say how long its data are (RFC 1952).
/// </summary>
internal sealed class CompleteGzip : Stream
{
    private readonly GZipStream _data;
    private readonly uint _expected;
    private long _read;

    /// <param name="file">Positioned at its start.</param>
    public CompleteGzip(FileStream file)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        file.Position = 0;
        _expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _data = new GZipStream(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var count = _data.Read(buffer);
        _read += count;
        // Files glued together have the length of the last of them at their end: more than expected is right.
        if (count == 0 && buffer.Length > 0 && _read < _expected) throw new InvalidDataException("The compressed data break off.");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _data.Dispose();
        base.Dispose(disposing);
    }
}
