using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>One thing that is wrong with a scenario.</summary>
/// <param name="Path">Where, such as <c>types[1].arrivals.perHour[3]</c>, or the line and column of a text that is no JSON.</param>
/// <param name="Reason">What is wrong, with the value.</param>
/// <param name="Allowed">What to write instead.</param>
public sealed record ScenarioError(string Path, string Reason, string Allowed)
{
    public override string ToString() => $"{(Path.Length == 0 ? "scenario" : Path)}: {Reason} {Allowed}";
}

/// <summary>A scenario cannot be used; everything that is wrong with it is in <see cref="Errors"/>, in the order of the document.</summary>
public sealed class ScenarioException(ImmutableArray<ScenarioError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public ImmutableArray<ScenarioError> Errors { get; } = errors;
}
