using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

/// <summary>The real month, which is not part of the repository; tests that need it are skipped where it is absent.</summary>
internal static class RealMonth
{
    private const string FileName = "anonymous-bank-1999-01.tsv.gz";

    private static readonly Lazy<AnonymousBankMonth> Month = new(() => AnonymousBankFile.Read(Find()!));

    /// <summary>The month, or a skipped test.</summary>
    public static AnonymousBankMonth Get()
    {
        Assert.SkipWhen(Find() is null,
            $"{FileName} was found neither in the folder ROUTINGGRID_DATA names nor in shared/data beside the repository.");
        return Month.Value;
    }

    private static string? Find()
    {
        var folders = new List<string?> { Environment.GetEnvironmentVariable("ROUTINGGRID_DATA") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "shared", "data"));
        return folders.Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, FileName)).FirstOrDefault(File.Exists);
    }
}
