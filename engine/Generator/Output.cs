using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace RoutingGrid.Engine.Generator;

/// <summary>What one declaration gives: a source file, lines of the registration, and complaints. Compared by value, so that nothing is emitted again for nothing.</summary>
internal sealed class Output : IEquatable<Output>
{
    public Output(string name, string? source, string registration, ImmutableArray<Complaint> complaints)
    {
        Name = name;
        Source = source;
        Registration = registration;
        Complaints = complaints;
    }

    public string Name { get; }

    public string? Source { get; }

    public string Registration { get; }

    public ImmutableArray<Complaint> Complaints { get; }

    public bool Equals(Output? other) =>
        other is not null
        && Name == other.Name
        && Source == other.Source
        && Registration == other.Registration
        && Complaints.SequenceEqual(other.Complaints);

    public override bool Equals(object? obj) => Equals(obj as Output);

    public override int GetHashCode() => Name.GetHashCode() ^ (Source?.GetHashCode() ?? 0);
}

/// <summary>A diagnostic, without the syntax tree that a real one would keep alive.</summary>
internal sealed class Complaint : IEquatable<Complaint>
{
    private readonly DiagnosticDescriptor _rule;
    private readonly string _path;
    private readonly TextSpan _span;
    private readonly LinePositionSpan _lines;
    private readonly string[] _arguments;

    public Complaint(DiagnosticDescriptor rule, ISymbol at, params string[] arguments)
    {
        _rule = rule;
        Location? location = at.Locations.FirstOrDefault(candidate => candidate.IsInSource);
        _path = location?.SourceTree?.FilePath ?? "";
        _span = location?.SourceSpan ?? default;
        _lines = location?.GetLineSpan().Span ?? default;
        _arguments = arguments;
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(_rule, _path.Length == 0 ? Location.None : Location.Create(_path, _span, _lines), _arguments);

    public bool Equals(Complaint? other) =>
        other is not null && _rule.Id == other._rule.Id && _path == other._path && _span == other._span && _arguments.SequenceEqual(other._arguments);

    public override bool Equals(object? obj) => Equals(obj as Complaint);

    public override int GetHashCode() => _rule.Id.GetHashCode() ^ _span.GetHashCode();
}
