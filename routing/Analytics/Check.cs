using System.Globalization;
using System.Runtime.CompilerServices;

namespace RoutingGrid.Routing.Analytics;

/// <summary>What the formulas refuse.</summary>
internal static class Check
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Bad(name, value, "must be above 0 and finite");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Bad(name, value, "must be 0 or more and finite");

    /// <summary>Neither 0 nor 1: no number of agents reaches those.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1 ? value : throw Bad(name, value, "must be between 0 and 1, both excluded");

    public static int InRange(int value, int from, int to, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= from && value <= to ? value : throw Bad(name, value, string.Create(CultureInfo.InvariantCulture, $"must be from {from} to {to}"));

    public static ArgumentOutOfRangeException Bad(string name, double value, string must) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it {must}."));
}
