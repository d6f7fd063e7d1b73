using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RoutingGrid.Mutants.Tests.Planting;

/// <summary>A project as its build compiled it. Options, sources, references and generators are those of the compiler's command line, so
/// that what comes out takes the place of what was built.</summary>
internal sealed class ProjectCode
{
    private readonly CSharpCommandLineArguments _arguments;
    private readonly CSharpCompilation _sources;
    private readonly GeneratorDriver _generators;

    private ProjectCode(CSharpCommandLineArguments arguments)
    {
        _arguments = arguments;
        var trees = arguments.SourceFiles.Select(file => Parse(file.Path, File.ReadAllText(file.Path)));
        var references = arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties));
        // A mutation may leave behind what is no longer used: a warning must not stop it.
        var options = arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithSpecificDiagnosticOptions([]);
        _sources = CSharpCompilation.Create(arguments.CompilationName, trees, references, options);
        _generators = CSharpGeneratorDriver.Create(
            Generators(arguments), arguments.AdditionalFiles.Select(file => new ExtraFile(file.Path)), arguments.ParseOptions, new BuildOptions(arguments));
    }

    /// <summary>The assembly's file.</summary>
    public string FileName => $"{_arguments.CompilationName}.dll";

    /// <summary>Reads the command line that the build has kept beside this program.</summary>
    public static ProjectCode Load(string assembly)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "commands", $"{assembly}.rsp"));
        var arguments = CSharpCommandLineParser.Default.Parse(lines[1..], lines[0], sdkDirectory: null);
        return arguments.Errors.IsEmpty ? new ProjectCode(arguments) : throw new InvalidOperationException(string.Join('\n', arguments.Errors));
    }

    /// <summary>Compiles it, changed, into a folder.</summary>
    public void Compile(IEnumerable<Change> changes, string folder)
    {
        var changed = _sources;
        foreach (var change in changes)
        {
            var path = Repository.At(change.File);
            var tree = changed.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == path)
                ?? throw PatchException.NoFile(change.File);
            changed = changed.ReplaceSyntaxTree(tree, Parse(path, change.Apply(tree.ToString())));
        }
        _generators.RunGeneratorsAndUpdateCompilation(changed, out var complete, out _);
        using var file = File.Create(Path.Combine(folder, FileName));
        var result = complete.Emit(file, options: _arguments.EmitOptions);
        if (!result.Success)
            throw new PatchException($"A mutation does not compile:\n{string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
    }

    private SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, _arguments.Encoding ?? System.Text.Encoding.UTF8), _arguments.ParseOptions, path);

    private static IEnumerable<ISourceGenerator> Generators(CSharpCommandLineArguments arguments)
    {
        var loader = new Loader();
        return arguments.AnalyzerReferences.SelectMany(analyzer => new Microsoft.CodeAnalysis.Diagnostics.AnalyzerFileReference(analyzer.FilePath, loader).GetGenerators(LanguageNames.CSharp));
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath) { }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    private sealed class ExtraFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}
