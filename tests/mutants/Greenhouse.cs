using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RoutingGrid.Mutants.Tests.Planting;
using RoutingGrid.Mutants.Tests.Running;

[assembly: AssemblyFixture(typeof(RoutingGrid.Mutants.Tests.Greenhouse))]

namespace RoutingGrid.Mutants.Tests;

/// <summary>Plants bugs: compiles the changed sources in memory, lays the result over a copy of a built test program, and lets it run.
/// In the end it writes what noticed what.</summary>
public sealed partial class Greenhouse : IDisposable
{
    private static readonly Dictionary<string, string> Assemblies = new()
    {
        ["routing"] = "RoutingGrid.Routing", ["journal"] = "RoutingGrid.Journal", ["grains"] = "RoutingGrid.Grains",
    };

    private readonly ConcurrentDictionary<string, Lazy<ProjectCode>> _projects = [];
    private readonly ConcurrentDictionary<string, ConcurrentBag<TestProgram>> _programs = [];
    private readonly ConcurrentDictionary<string, string> _noticed = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The bug must be noticed, and for what it is.</summary>
    internal async Task Plant(Mutation mutation)
    {
        var outcome = await Run(mutation.Catcher, mutation.Changes.ToLookup(FolderOf));
        Assert.True(outcome.ExitCode != 0, $"Nobody notices \"{mutation.Bug}\", planted like this: {mutation.Planted}\n{outcome}");
        Assert.True(mutation.Catcher.Sign.IsMatch(outcome.Output), $"\"{mutation.Bug}\" fails for another reason than /{mutation.Catcher.Sign}/:\n{outcome}");
        _noticed[mutation.Bug] = FailedSeed().Match(outcome.Output) is { Success: true } seed ? $"seed {seed.Groups[1].Value}" : "the test";
    }

    /// <summary>With nothing changed, or only what makes no bug, it must be silent.</summary>
    internal async Task PlantNothing(Catcher catcher, params Change[] harmless)
    {
        var outcome = await Run(catcher, harmless.ToLookup(FolderOf));
        Assert.True(outcome.ExitCode == 0, $"It fails without a bug, so it proves nothing:\n{outcome}");
    }

    public void Dispose()
    {
        foreach (var program in _programs.Values.SelectMany(programs => programs)) program.Dispose();
        if (_noticed.IsEmpty) return;
        var table = new StringBuilder("\n| bug | planted | noticed by | after |\n|---|---|---|---|\n");
        foreach (var mutation in Catalogue.All)
            if (_noticed.TryGetValue(mutation.Bug, out var after)) table.Append(CultureInfo.InvariantCulture, $"| {mutation.Bug} | {mutation.Planted} | {mutation.Catcher} | {after} |\n");
        table.Append(CultureInfo.InvariantCulture, $"\n{_noticed.Count} planted bugs noticed in {Stopwatch.GetElapsedTime(_start).TotalSeconds:0} s.\n");
        Console.Out.WriteLine(table);
    }

    private async Task<Outcome> Run(Catcher catcher, ILookup<string, Change> changes)
    {
        var compiled = Directory.CreateTempSubdirectory("routinggrid-");
        try
        {
            foreach (var (folder, assembly) in Assemblies)
                if (changes.Count == 0 || changes.Contains(folder)) Project(assembly).Compile(changes[folder], compiled.FullName);
            var free = _programs.GetOrAdd(catcher.Program, static _ => []);
            if (!free.TryTake(out var program)) program = new TestProgram(catcher.Program);
            try
            {
                return await program.Run(compiled.GetFiles(), catcher.Arguments);
            }
            finally
            {
                free.Add(program);
            }
        }
        finally
        {
            compiled.Delete(recursive: true);
        }
    }

    private static string FolderOf(Change change) => change.File[..change.File.IndexOf('/')];

    private ProjectCode Project(string assembly) => _projects.GetOrAdd(assembly, static name => new Lazy<ProjectCode>(() => ProjectCode.Load(name))).Value;

    [GeneratedRegex(@"^Failed:\n.*--seed ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex FailedSeed();
}
