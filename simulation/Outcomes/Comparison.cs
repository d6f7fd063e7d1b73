using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Outcomes;

public enum Verdict
{
    /// <summary>Equal in every replication: nothing to test.</summary>
    Same,

    /// <summary>Shown at 5 % over all comparisons together.</summary>
    Real,

    /// <summary>May be chance.</summary>
    NotShown,

    /// <summary>One replication, or nothing to divide by: nothing can be said.</summary>
    Unknown,
}

internal static class Verdicts
{
    /// <summary>Its name in JSON and CSV, for good.</summary>
    public static string Field(Verdict verdict) => verdict switch
    {
        Verdict.Same => "same",
        Verdict.Real => "real",
        Verdict.NotShown => "notShown",
        _ => "unknown",
    };
}

/// <summary>One metric of one subject in both scenarios.</summary>
public sealed record ComparedFigure(Subject First, Subject Other, Figure FirstFigure, Figure OtherFigure, Difference Difference, Verdict Verdict)
{
    public Metric Metric => FirstFigure.Metric;
}

/// <summary>
/// Two scenarios that were run with the same random numbers, replication by replication. Many figures are compared at once, so that
/// some would differ "significantly" by chance alone: a difference counts as real where its p-value stands Holm's procedure over all
/// compared figures (Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979), which
/// holds however the figures depend on each other.
/// </summary>
public sealed class Comparison
{
    private const double Level = 1 - Estimators.Confidence;

    /// <summary>Types and groups that have the same name in both, and the totals, in the first scenario's order.</summary>
    public ImmutableArray<ComparedFigure> Figures { get; }

    /// <summary>What could not be compared, in words.</summary>
    public ImmutableArray<string> Unmatched { get; }

    private Comparison(ImmutableArray<ComparedFigure> figures, ImmutableArray<string> unmatched) => (Figures, Unmatched) = (figures, unmatched);

    /// <exception cref="ArgumentException">They differ in their number of replications.</exception>
    public static Comparison Of(Outcome first, Outcome other)
    {
        if (first.Replications != other.Replications) throw new ArgumentException("Both scenarios need the same replications.", nameof(other));
        var others = other.Subjects.ToDictionary(Key);
        ComparedFigure[] figures =
        [
            .. from one in first.Subjects
               where others.ContainsKey(Key(one))
               from pair in one.Whole.Zip(others[Key(one)].Whole)
               select Compare(one, others[Key(one)], pair.First, pair.Second),
        ];
        return new Comparison(Judged(figures), [.. Unmatch(first, other, "first"), .. Unmatch(other, first, "other")]);
    }

    public IEnumerable<ComparedFigure> With(Verdict verdict) => Figures.Where(figure => figure.Verdict == verdict);

    private static ComparedFigure Compare(Subject first, Subject other, Figure a, Figure b)
    {
        var difference = Estimators.Difference(a.Replications, b.Replications);
        return new ComparedFigure(first, other, a, b, difference, difference switch
        {
            { HalfWidth: null } => Verdict.Unknown,
            { PValue: null } => Verdict.Same,
            _ => Verdict.NotShown,
        });
    }

    private static ImmutableArray<ComparedFigure> Judged(ComparedFigure[] figures)
    {
        int[] tested = [.. Enumerable.Range(0, figures.Length).Where(i => figures[i].Verdict == Verdict.NotShown)];
        var real = Holm([.. tested.Select(i => figures[i].Difference.PValue!.Value)]);
        foreach (var (i, stands) in tested.Zip(real))
            if (stands) figures[i] = figures[i] with { Verdict = Verdict.Real };
        return [.. figures];
    }

    /// <summary>Which stand at 5 % over all: from the smallest up, until the first that does not.</summary>
    internal static bool[] Holm(ImmutableArray<double> pValues)
    {
        var real = new bool[pValues.Length];
        int[] order = [.. Enumerable.Range(0, pValues.Length).OrderBy(i => pValues[i])];
        for (var rank = 0; rank < order.Length && pValues[order[rank]] <= Level / (order.Length - rank); rank++) real[order[rank]] = true;
        return real;
    }

    private static IEnumerable<string> Unmatch(Outcome here, Outcome there, string side)
    {
        var known = there.Subjects.Select(Key).ToHashSet();
        return here.Subjects.Where(subject => !known.Contains(Key(subject)))
            .Select(subject => $"{(subject.Kind == SubjectKind.Group ? "Group" : "Type")} {subject.Name} is in the {side} scenario only: not compared.");
    }

    private static (SubjectKind, string) Key(Subject subject) => (subject.Kind, subject.Name);
}
