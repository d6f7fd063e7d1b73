using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>One center, simulated.</summary>
internal sealed record SimulatedQueue(TheoryQueue Queue, ImmutableArray<Replication> Replications)
{
    /// <summary>Where a figure is about fewer contacts than these, its interval is no Student's interval.</summary>
    private const double LeastConcerned = 200;

    public Outcome Outcome { get; } = Outcome.Of(Replications);

    /// <summary>Each figure beside what theory says. Which are left out follows from the right theory, not from what came out.</summary>
    public IEnumerable<Compared> Compare(Func<TheoryQueue, ImmutableArray<Known>> theory)
    {
        var contacts = TheoryGrid.Contacts(Queue);
        var telling = KnownFigures.Of(Queue).Where(known => known.Concerned * contacts >= LeastConcerned).Select(known => known.Figure).ToList();
        return from known in theory(Queue)
               where telling.Contains(known.Figure)
               select new Compared(Queue, known.Figure, known.Figure == telling[0], known.Value, known.Figure.Simulated(Outcome, Replications), Replications.Length);
    }
}

/// <summary>One figure of one center, as theory has it and as it was simulated.</summary>
/// <param name="Main">The one that stands for the center, where each may count once.</param>
internal sealed record Compared(TheoryQueue Queue, TheoryFigure Figure, bool Main, double Theory, Estimate Simulated, int Replications)
{
    public bool Holds => Simulated.Low <= Theory && Theory <= Simulated.High;

    /// <summary>By how many standard errors the simulation is off.</summary>
    public double StandardErrors => (Simulated.Mean!.Value - Theory) / (Simulated.HalfWidth!.Value / Estimators.TwoSidedT(Replications - 1));

    /// <summary>How likely it is to be off by as much, or more, where theory is right.</summary>
    public double PValue => 2 * StudentT.CDF(0, 1, Replications - 1, -Math.Abs(StandardErrors));
}
