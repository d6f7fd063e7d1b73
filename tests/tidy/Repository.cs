using System.Diagnostics;
using System.Xml.Linq;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The repository as it is on disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that git knows or would add, relative to the root; every file where there is no git.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<(string Path, XDocument Xml)> Projects =>
        Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => (file, XDocument.Load(At(file))));

    public static string At(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(At(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RoutingGrid.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("RoutingGrid.sln is in no folder above the tests.");
    }

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(file => File.Exists(At(file))).Order(StringComparer.Ordinal)];
    }
}
