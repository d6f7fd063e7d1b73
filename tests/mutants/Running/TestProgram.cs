using System.Diagnostics;

namespace RoutingGrid.Mutants.Tests.Running;

/// <summary>A copy of a built test program in which assemblies are replaced.</summary>
internal sealed class TestProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("routinggrid-");
    private readonly string _built;
    private readonly string _name;

    /// <param name="tests">The folder in tests/ that has the program's project.</param>
    public TestProgram(string tests)
    {
        var project = Directory.GetFiles(Repository.At($"tests/{tests}"), "*.csproj").Single();
        _name = Path.GetFileNameWithoutExtension(project);
        _built = Path.Combine(Path.GetDirectoryName(project)!, "bin", "Embedded", Repository.Configuration, "net10.0");
        Copy(new DirectoryInfo(_built), _folder.FullName);
    }

    /// <summary>Runs it with some assemblies replaced, and then puts back what they replaced.</summary>
    public async Task<Outcome> Run(IReadOnlyList<FileInfo> replacements, IEnumerable<string> arguments)
    {
        foreach (var file in replacements) file.CopyTo(At(file.Name), overwrite: true);
        try
        {
            return await Run(arguments);
        }
        finally
        {
            foreach (var file in replacements) File.Copy(Path.Combine(_built, file.Name), At(file.Name), overwrite: true);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<Outcome> Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", At($"{_name}.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new Outcome(-1, $"It did not end within {Limit.TotalMinutes} minutes.\n{await errors}{await output}");
        }
        return new Outcome(process.ExitCode, await errors + await output);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static void Copy(DirectoryInfo from, string to)
    {
        foreach (var file in from.GetFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.GetDirectories()) Copy(folder, Directory.CreateDirectory(Path.Combine(to, folder.Name)).FullName);
    }
}

/// <summary>How a run ended, and what it said.</summary>
internal sealed record Outcome(int ExitCode, string Output)
{
    private const int LastLines = 60;

    public override string ToString() => $"(exit code {ExitCode})\n{string.Join('\n', Output.Split('\n').TakeLast(LastLines))}";
}
