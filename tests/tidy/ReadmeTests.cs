using System.Text.RegularExpressions;

namespace RoutingGrid.Tidy.Tests;

/// <summary>What the README says to type does what it says.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Verbs => [.. SiloCommand().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).Distinct()];

    [Fact]
    public void The_first_two_commands_are_the_demo_and_the_tests()
    {
        var commands = Command().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).Take(2);
        Assert.Equal(["dotnet run -c Release --project silo -- demo", "./test"], commands);
        if (!OperatingSystem.IsWindows()) Assert.True((File.GetUnixFileMode(Repository.At("test")) & UnixFileMode.UserExecute) != 0, "./test cannot be executed.");
    }

    [Theory, MemberData(nameof(Verbs))]
    public async Task Every_verb_of_the_README_exists_and_explains_itself(string verb)
    {
        var (exitCode, output, _) = await Silo.Run(Repository.Root, verb, "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_are_relative_to_where_the_user_is()
    {
        var folder = Directory.CreateTempSubdirectory("routinggrid-");
        try
        {
            var (exitCode, _, errors) = await Silo.Run(folder.FullName, "replay", "missing.tsv", "--format", "anonymous-bank");
            Assert.Equal(1, exitCode);
            Assert.Contains(Path.Combine(folder.FullName, "missing.tsv"), errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^    dotnet run -c Release --project silo -- (\w+)", RegexOptions.Multiline)]
    private static partial Regex SiloCommand();

    [GeneratedRegex(@"^    (\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
