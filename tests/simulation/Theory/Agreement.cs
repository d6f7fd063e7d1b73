using System.Globalization;
using MathNet.Numerics.Distributions;
using RoutingGrid.Simulation.Outcomes;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>
/// Whether a simulation agrees with theory: of a hundred 95 % intervals some five do not hold the truth, and neither more
/// nor fewer may do so than chance allows. Each center has random numbers of its own, so that centers are independent of each other. The figures of one are not, its
/// waits and its queue being nearly the same thing, so that intervals are counted with one figure of each center at a time.
/// </summary>
internal static class Agreement
{
    /// <summary>How likely it is that the number of intervals of a simulation without any fault is objected to; half for too few.</summary>
    private const double FalseAlarm = 0.002;

    /// <summary>What speaks against it, in words.</summary>
    public static IEnumerable<string> Objections(IReadOnlyCollection<Compared> figures)
    {
        // Five standard errors of a normal distribution; with Student's the same chance is further out.
        var tooFar = 2 * Normal.CDF(0, 1, -5);
        foreach (var far in figures.Where(figure => figure.PValue < tooFar))
            yield return string.Create(CultureInfo.InvariantCulture, $"{far.Queue.Name}: {far.Figure} is {far.StandardErrors:0.0} standard errors from theory.");

        if (Unlikely("The figures that stand for their centers", [.. figures.Where(figure => figure.Main)], FalseAlarm) is { } main) yield return main;
        var kinds = figures.GroupBy(figure => figure.Figure).ToList();
        foreach (var kind in kinds)
            if (Unlikely(kind.Key.ToString(), [.. kind], FalseAlarm / kinds.Count) is { } few) yield return few;
    }

    /// <summary>The least and the most intervals, of so many, that chance lets hold the truth: it is below or above with half that probability each.</summary>
    public static (int Least, int Most) Range(int intervals, double falseAlarm) => (Quantile(intervals, falseAlarm / 2), Quantile(intervals, 1 - (falseAlarm / 2)));

    private static int Quantile(int intervals, double probability)
    {
        var held = 0;
        while (Binomial.CDF(Estimators.Confidence, intervals, held) < probability) held++;
        return held;
    }

    private static string? Unlikely(string what, IReadOnlyCollection<Compared> figures, double falseAlarm)
    {
        var (held, (least, most)) = (figures.Count(figure => figure.Holds), Range(figures.Count, falseAlarm));
        return held >= least && held <= most ? null : $"{what}: {held} of {figures.Count} intervals hold the truth; by chance it is {least} to {most}.";
    }
}
