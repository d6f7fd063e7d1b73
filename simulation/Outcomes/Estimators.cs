using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace RoutingGrid.Simulation.Outcomes;

/// <summary>
/// Means with their intervals. Every figure is a ratio of two sums over the replications, so that each contact counts the same, whether
/// it came on a busy day or on a quiet one, and a replication without any contact says nothing in place of dividing by zero. This is the
/// service level of a call center as Cezik and L'Ecuyer define it ("Staffing Multiskill Call Centers via Linear Programming and
/// Simulation", Management Science 54(2), 2008). The interval is Student's t over what each replication adds to the error of
/// the ratio (Cochran, "Sampling Techniques", 3rd ed., chapter 6); for a plain count it is the textbook interval of a mean (Law,
/// "Simulation Modeling and Analysis", chapter 4).
/// </summary>
public static class Estimators
{
    public const double Confidence = 0.95;

    /// <summary>The two-sided 95 % quantile of Student's t with that many degrees of freedom.</summary>
    public static double TwoSidedT(int degreesOfFreedom) => StudentT.InvCDF(0, 1, degreesOfFreedom, (1 + Confidence) / 2);

    /// <summary>The mean of a figure and its interval.</summary>
    public static Estimate Of(ImmutableArray<Ratio> replications)
    {
        if (Mean(replications) is not { } mean) return default;
        return new Estimate(mean, HalfWidth(Errors(replications, mean)));
    }

    /// <summary>
    /// The second side less the first, replication by replication. Where all replications agree on a difference to the last digit,
    /// there is no spread for Student's t to judge by, and the p-value is that of the sign test: 2 · 2⁻ⁿ. Where all agree on none, it is null.
    /// </summary>
    public static Difference Difference(ImmutableArray<Ratio> first, ImmutableArray<Ratio> second)
    {
        if (first.Length != second.Length) throw new ArgumentException("Both sides need the same replications.", nameof(second));
        if (Mean(first) is not { } a || Mean(second) is not { } b) return default;
        var mean = b - a;
        double[] errors = [.. Errors(second, b).Zip(Errors(first, a), (other, one) => other - one)];
        if (HalfWidth(errors) is not { } half) return new Difference(mean, null, null);
        var standardError = half / TwoSidedT(errors.Length - 1);
        var tiny = 1e-12 * (Math.Abs(a) + Math.Abs(b));
        if (standardError > tiny) return new Difference(mean, half, 2 * StudentT.CDF(0, 1, errors.Length - 1, -Math.Abs(mean) / standardError));
        return Math.Abs(mean) <= tiny ? new Difference(0, 0, null) : new Difference(mean, 0, Math.Min(1, 2 * Math.Pow(2, -errors.Length)));
    }

    private static double? Mean(ImmutableArray<Ratio> replications)
    {
        var of = replications.Sum(one => one.Of);
        return of > 0 ? replications.Sum(one => one.Part) / of : null;
    }

    private static IEnumerable<double> Errors(ImmutableArray<Ratio> replications, double mean)
    {
        var scale = replications.Length / replications.Sum(one => one.Of);
        return replications.Select(one => (one.Part - (mean * one.Of)) * scale);
    }

    // The errors add up to zero, so their mean need not be taken off.
    private static double? HalfWidth(IEnumerable<double> errors)
    {
        var (count, squares) = errors.Aggregate((Count: 0, Squares: 0.0), (sum, error) => (sum.Count + 1, sum.Squares + (error * error)));
        return count < 2 ? null : TwoSidedT(count - 1) * Math.Sqrt(squares / (count - 1) / count);
    }
}
