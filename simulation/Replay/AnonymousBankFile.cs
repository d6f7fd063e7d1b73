using System.Collections.Immutable;
using CsvHelper;

namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// Reads the telephone data of the "Anonymous Bank" (Ilan Guedj and Avi Mandelbaum, Technion, 2000): tab-separated text with a
/// header line, one line per call, plain or gzip.
/// </summary>
public static class AnonymousBankFile
{
    // A real line has about 120 bytes. The limit keeps a file without line ends from filling memory.
    private const int LongestLine = 64 * 1024;

    private const int ShortestGzip = 18; // header and trailer

    private static readonly CsvReaderOptions Format = new()
    {
        Separator = '\t',
        HasHeader = true,
        Mode = CsvMode.NoEscape, // a quotation mark is a character like any other, and must not swallow the lines behind it
        TrimWhitespace = true,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestLine,
        PoolStrings = true, // types, dates and names repeat thousands of times
    };

    /// <summary>Reads the file at <paramref name="path"/>. Lines that make no sense are skipped and returned with their reasons.</summary>
    /// <exception cref="ReplayFileException">There is no such file, it is damaged, or it is something else.</exception>
    public static AnonymousBankMonth Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var text = new StreamReader(IsGzip(file, path) ? new CompleteGzip(file) : file);
            return Read(text, path);
        }
        catch (InvalidDataException damaged)
        {
            throw new ReplayFileException($"{path} is damaged: its gzip data breaks off or is corrupt. Copy it again.", damaged);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ReplayFileException($"{path} cannot be read: {unreadable.Message} Check the path and its permissions.", unreadable);
        }
    }

    /// <summary>Reads uncompressed text; <paramref name="name"/> is how errors call it.</summary>
    /// <exception cref="ReplayFileException">The text is empty, or its first line is not the header.</exception>
    public static AnonymousBankMonth Read(TextReader text, string name)
    {
        using var reader = CsvReader.Create(text, Format, leaveOpen: true);
        try
        {
            return ReadRows(reader, name);
        }
        catch (CsvFormatException malformed)
        {
            throw new ReplayFileException(
                $"{name} is not text in lines: {malformed.Message} {AnonymousBankColumns.Expected}", malformed);
        }
    }

    private static AnonymousBankMonth ReadRows(CsvReader reader, string name)
    {
        var header = reader.Headers.ToArray();
        if (header.Length == 0) throw new ReplayFileException($"{name} is empty. {AnonymousBankColumns.Expected}");
        var columns = AnonymousBankColumns.FromHeader(header, name);
        var calls = ImmutableArray.CreateBuilder<CallRecord>();
        var bad = ImmutableArray.CreateBuilder<BadLine>();
        while (reader.Read())
        {
            var row = new AnonymousBankRow((int)reader.LineNumber, reader.Current.ToArray(), columns);
            if (row.Parse() is { } call) calls.Add(call);
            else bad.Add(new BadLine(row.Line, row.Problem!));
        }
        return new AnonymousBankMonth(calls.ToImmutable(), bad.ToImmutable());
    }

    private static bool IsGzip(FileStream file, string path)
    {
        if (!file.CanSeek) return false; // a pipe cannot be looked at twice: what comes through one is taken as text
        var gzip = file.Length >= ShortestGzip && file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!gzip && file.Length > 0 && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new ReplayFileException(
                $"{path} is named .gz but is not gzip data. Copy it again, or rename it if it is already unpacked.");
        return gzip;
    }
}
