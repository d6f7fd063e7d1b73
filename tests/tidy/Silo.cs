using System.Diagnostics;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The executable, as the README has it, with what has been built.</summary>
internal static class Silo
{
    private static readonly DirectoryInfo Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!;

    /// <summary>With the README's command.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> Run(string folder, params string[] arguments) =>
        Dotnet(folder, ["run", "-c", Configuration.Name, "--no-build", "--project", Repository.At("silo"), "--", .. arguments]);

    /// <summary>The same without the time that <c>dotnet run</c> takes to look for what to run.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunBuilt(params string[] arguments) => Dotnet(Repository.Root, [Built, .. arguments]);

    /// <summary>Not waited for.</summary>
    public static Process StartBuilt(params string[] arguments) => Start(Repository.Root, [Built, .. arguments]);

    private static string Built => Repository.At($"silo/bin/{Configuration.Parent!.Name}/{Configuration.Name}/net10.0/RoutingGrid.Silo.dll");

    private static Process Start(string folder, string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<(int ExitCode, string Output, string Errors)> Dotnet(string folder, string[] arguments)
    {
        using var process = Start(folder, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
