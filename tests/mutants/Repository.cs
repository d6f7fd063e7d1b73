namespace RoutingGrid.Mutants.Tests;

/// <summary>The repository as it is on disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: what this program was built as.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RoutingGrid.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("RoutingGrid.sln is in no folder above the tests.");
    }
}
