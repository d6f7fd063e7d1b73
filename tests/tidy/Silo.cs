using System.Diagnostics;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The executable, as the README has it, with what has been built.</summary>
internal static class Silo
{
    public static async Task<(int ExitCode, string Output, string Errors)> Run(string folder, params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", ["run", "-c", configuration, "--no-build", "--project", Repository.At("silo"), "--", .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
