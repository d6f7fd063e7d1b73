using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Everything that was found wrong so far.</summary>
internal sealed class ScenarioErrors
{
    private readonly ImmutableArray<ScenarioError>.Builder _errors = ImmutableArray.CreateBuilder<ScenarioError>();

    public int Count => _errors.Count;

    public void Add(string path, string reason, string allowed) => _errors.Add(new ScenarioError(path, reason, allowed));

    /// <summary>Whether something is wrong at such a path, so that what follows from it need not be said too.</summary>
    public bool Any(Func<string, bool> at) => _errors.Any(error => at(error.Path));

    public void ThrowIfAny()
    {
        if (_errors.Count > 0) throw new ScenarioException(_errors.ToImmutable());
    }
}
