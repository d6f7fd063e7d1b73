using System.IO.Compression;
using System.Text.Json.Nodes;
using RoutingGrid.Journal.Archive;

namespace RoutingGrid.Journal.Tests.Archive;

/// <summary>Files of archived cases as somebody finds them who has no journal: what <c>zcat</c> shows of them.</summary>
internal static class ArchivedFile
{
    internal static IJournalArchive Archiving(this IJournal journal) => (IJournalArchive)journal;

    /// <summary>Every line of every file of a folder.</summary>
    internal static List<JsonNode> Lines(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(Of)];

    /// <summary>Changes a byte in the first case of a file.</summary>
    internal static void Damage(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = 60;
        var was = file.ReadByte();
        file.Position = 60;
        file.WriteByte((byte)(was ^ 0x55));
    }

    private static IEnumerable<JsonNode> Of(string path)
    {
        Assert.EndsWith(".jsonl.gz", path, StringComparison.Ordinal);
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = text.ReadToEnd().Split('\n');
        Assert.Equal("", lines[^1]);
        return lines.SkipLast(1).Select(line => JsonNode.Parse(line)!);
    }
}
