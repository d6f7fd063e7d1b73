#if !ORLEANS
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using RoutingGrid.Engine.Generator;

namespace RoutingGrid.Engine.Tests.Generator;

/// <summary>What the build refuses, and that it accepts what Orleans accepts.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("RG0001", "public interface IX : IGrainWithStringKey { Task Send(System.IO.Stream stream); }")]
    [InlineData("RG0001", "public class Plain { } public interface IX : IGrainWithStringKey { Task<Plain> Get(); }")]
    [InlineData("RG0001", "public class Plain { } public interface IX : IGrainWithStringKey { Task Send(List<Plain[]> all); }")]
    [InlineData("RG0001", "public class Plain { } [GenerateSerializer] public class M { [Id(0)] public Plain P { get; set; } }")]
    [InlineData("RG0001", "public interface IX : IGrainWithStringKey { Task Send(System.Action action); }")]
    [InlineData("RG0002", "public interface IX : IGrainWithStringKey { int Get(); }")]
    [InlineData("RG0002", "public interface IX : IGrainWithStringKey { void Send(); }")]
    [InlineData("RG0002", "public interface IX : IGrainWithStringKey { IAsyncEnumerable<int> Get(); }")]
    [InlineData("RG0003", "public interface IX : IGrainWithStringKey { [Orleans.Concurrency.OneWay] Task<int> Get(); }")]
    [InlineData("RG0004", "public class G : Grain { } public interface IX : IGrainWithStringKey { Task Send(G grain); }")]
    [InlineData("RG0005", "public interface IX : IGrainWithStringKey { Task Send(CancellationToken a, CancellationToken b); }")]
    [InlineData("RG0006", "public interface IX : IGrainWithStringKey { Task Send<T>(T value); }")]
    [InlineData("RG0006", "public interface IX<T> : IGrainWithStringKey { Task Send(T value); }")]
    [InlineData("RG0006", "public interface IX : IGrainWithStringKey { int Value { get; } }")]
    [InlineData("RG0006", "public interface IX : IGrainWithStringKey { Task Send(ref int value); }")]
    [InlineData("RG0007", "[GenerateSerializer] public class M { public int A { get; set; } }")]
    [InlineData("RG0007", "[GenerateSerializer] public record M(int A) { public int B { get; init; } }")]
    [InlineData("RG0008", "[GenerateSerializer] public class M { [Id(0)] public int A { get; set; } [Id(0)] public int B { get; set; } }")]
    [InlineData("RG0009", "public class B { } [GenerateSerializer] public class M : B { [Id(0)] public int A { get; set; } }")]
    [InlineData("RG0010", "public class Outer { [GenerateSerializer] private class M { [Id(0)] public int A { get; set; } } }")]
    public void Is_refused(string rule, string code) => Assert.Equal([rule], Complaints(code));

    [Theory]
    [InlineData("public interface IX : IGrainWithStringKey { Task A(); Task<int> B(string s); ValueTask C(Guid g); ValueTask<decimal?> D(DateTimeOffset[] t); }")]
    [InlineData("public interface IX : IGrainWithStringKey { Task A(List<(int, string)> a, Dictionary<string, HashSet<Guid>> b, IReadOnlyList<int> c); }")]
    [InlineData("public interface IX : IGrainWithStringKey { Task A(System.Collections.Immutable.ImmutableArray<Uri> a, ReadOnlyMemory<byte> b, Exception c); }")]
    [InlineData("public interface IX : IGrainWithStringKey { Task A(IX other, Orleans.Runtime.GrainId id, CancellationToken c); }")]
    [InlineData("public interface IO : IGrainObserver { void A(int a); [Orleans.Concurrency.OneWay] Task B(); Task<int> C(); }")]
    [InlineData("[GenerateSerializer] public record M(int A, List<M> Children) { [Id(0)] public string B { get; init; } = \"\"; [NonSerialized] private int _cache; public int Twice => A * 2; }")]
    [InlineData("[GenerateSerializer] public abstract record S { [GenerateSerializer] public sealed record A([property: Id(0)] int X) : S; }")]
    [InlineData("[Immutable] public class Promise { } public interface IX : IGrainWithStringKey { Task A(Promise p); }")]
    [InlineData("namespace Pure.Values { public class V { } } public interface IX : IGrainWithStringKey { Task<Pure.Values.V> A(List<Pure.Values.V> v); }")]
    [InlineData("[GenerateSerializer] public class Box<T> where T : class { [Id(0)] public T Content; } public interface IX : IGrainWithStringKey { Task A(Box<string> b); }")]
    [InlineData("[GenerateSerializer] public struct P { [Id(0)] public int X; [Id(1)] public List<P> More; }")]
    public void Is_accepted(string code) => Assert.Empty(Complaints(code));

    private static string[] Complaints(string code)
    {
        const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using Orleans; ";
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(Usings + code, path: "Sample.cs")],
            platform.Where(path => !path.Contains("RoutingGrid.Engine.Tests", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new GrainCodeGenerator().AsSourceGenerator()], optionsProvider: new Options());
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> complaints);
        if (complaints.IsEmpty)
        {
            // What is accepted must also compile.
            Assert.Empty(generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        return [.. complaints.Select(complaint => complaint.Id).Distinct()];
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.ImmutableMessageNamespaces" ? "Pure.Values" : null;
                return value is not null;
            }
        }
    }
}
#endif
