using System.Text.RegularExpressions;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The layout is what the README says it is.</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] RootFiles =
    [
        ".editorconfig", ".gitignore", "BannedSymbols.txt", "CHANGELOG.md", "Directory.Build.props", "Directory.Packages.props",
        "LICENSE", "README.md", "RoutingGrid.sln", "global.json", "test",
    ];

    /// <summary>Folder → the folders it may refer to, as the README's table has them. Null: any.</summary>
    private static readonly Dictionary<string, string[]?> MayReference = new()
    {
        ["routing"] = [],
        ["engine"] = ["engine"],
        ["grain-interfaces"] = ["routing", "engine/Abstractions", "engine/Generator"],
        ["journal"] = ["routing"],
        ["grains"] = ["grain-interfaces", "routing", "journal", "engine/Abstractions", "engine/Generator"],
        ["api"] = ["grain-interfaces", "journal", "engine/Abstractions", "engine/Generator"],
        ["simulation"] = ["grain-interfaces", "grains", "journal", "engine"],
        ["silo"] = null,
        ["bench"] = null,
        ["tests"] = null,
    };

    [Fact]
    public void The_root_holds_what_it_should_and_nothing_else() =>
        Assert.Equal(RootFiles.Order(StringComparer.Ordinal), Repository.Files.Where(file => !file.Contains('/')));

    [Fact]
    public void Every_folder_is_in_the_table_of_the_README()
    {
        var folders = Repository.Files.Where(file => file.Contains('/') && !file.StartsWith('.')).Select(file => file[..file.IndexOf('/')]).Distinct();
        var named = FolderRow().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.All(folders, folder => Assert.Contains(folder, named));
        Assert.All(named, folder => Assert.True(Directory.Exists(Repository.At(folder)), $"the README's table names {folder}/, which is not there"));
    }

    [Fact]
    public void References_run_the_right_way()
    {
        foreach (var (path, xml) in Repository.Projects)
        {
            var folder = path[..path.IndexOf('/')];
            Assert.True(MayReference.TryGetValue(folder, out var allowed), $"{path}: folder {folder} is in no rule; add one here and in the README's table.");
            if (allowed is null) continue;
            foreach (var reference in References(path, xml))
                Assert.True(allowed.Any(may => reference == may || reference.StartsWith(may + "/", StringComparison.Ordinal)), $"{path} may not refer to {reference}.");
        }
    }

    [Fact]
    public void The_domain_uses_no_package_and_no_task()
    {
        var (_, xml) = Repository.Projects.Single(project => project.Path == "routing/RoutingGrid.Routing.csproj");
        Assert.Empty(xml.Descendants("PackageReference").Concat(xml.Descendants("FrameworkReference")));
        foreach (var file in Repository.Files.Where(file => file.StartsWith("routing/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
            Assert.DoesNotMatch(TaskUse(), Repository.Read(file));
    }

    [Fact]
    public void The_API_knows_no_grain_class()
    {
        foreach (var file in Repository.Files.Where(file => file.StartsWith("api/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
            Assert.DoesNotContain("using RoutingGrid.Grains", Repository.Read(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Projects_that_must_not_use_ambient_state_say_so()
    {
        string[] pure = ["routing", "engine/Abstractions", "engine/Runtime", "grain-interfaces", "grains", "journal", "simulation"];
        foreach (var folder in pure)
        {
            var (path, xml) = Repository.Projects.Single(project => Path.GetDirectoryName(project.Path)!.Replace('\\', '/') == folder);
            Assert.True(xml.Descendants("BanAmbientState").Any(element => element.Value == "true"), $"{path} must set BanAmbientState.");
        }
    }

    [Fact]
    public void No_ban_is_lifted_without_a_reason()
    {
        foreach (var file in Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)))
            foreach (var line in Repository.Read(file).Split('\n').Where(line => line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)))
                Assert.True(line.Contains("//", StringComparison.Ordinal), $"{file}: '{line.Trim()}' has no reason on its line.");
    }

    [Fact]
    public void Files_hold_one_idea()
    {
        foreach (var file in Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)))
            Assert.True(Repository.Read(file).AsSpan().Count('\n') <= 400, $"{file} has more than 400 lines.");
    }

    [Fact]
    public void Tests_do_not_sleep()
    {
        foreach (var file in Repository.Files.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Sleep(), Repository.Read(file));
    }

    private static IEnumerable<string> References(string path, System.Xml.Linq.XDocument xml)
    {
        foreach (var reference in xml.Descendants("ProjectReference"))
        {
            var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, reference.Attribute("Include")!.Value));
            yield return Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(full)!).Replace('\\', '/');
        }
    }

    [GeneratedRegex(@"^\| `([a-z0-9-]+)/`", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"\b(Value)?Task(<|\.|\s+\w+\()|\basync\b")]
    private static partial Regex TaskUse();

    [GeneratedRegex(@"Thread\s*\.\s*Sleep\(|Task\s*\.\s*Delay\(\s*[0-9]")]
    private static partial Regex Sleep();
}
