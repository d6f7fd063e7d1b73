using System.Globalization;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>Figures as people read them: shares in percent, a dash where there is none.</summary>
internal static class Shown
{
    public const string None = "–";

    /// <summary>With its unit, as a heading: "wait of served, s".</summary>
    public static string Heading(Metric metric) => UnitOf(metric) is { Length: > 0 } unit ? $"{metric.Title}, {unit}" : metric.Title;

    public static string UnitOf(Metric metric) => metric.Unit switch { Unit.Seconds => "s", Unit.Share => "%", _ => "" };

    public static string Value(Metric metric, double? value) =>
        value is { } known ? Zeroed(Scaled(metric, known), metric.Digits).ToString($"N{metric.Digits}", CultureInfo.InvariantCulture) : None;

    /// <summary>With its sign.</summary>
    public static string Change(Metric metric, double? value) =>
        value is { } known && Zeroed(Scaled(metric, known), metric.Digits) > 0 ? $"+{Value(metric, value)}" : Value(metric, value);

    /// <summary>"12.3 ± 0.4".</summary>
    public static string Both(Metric metric, Estimate estimate) => $"{Value(metric, estimate.Mean)} ± {Value(metric, estimate.HalfWidth)}";

    public static double Scaled(Metric metric, double value) => metric.Unit == Unit.Share ? value * 100 : value;

    // No "-0.0".
    private static double Zeroed(double value, int digits) => Math.Round(value, digits) == 0 ? 0 : value;
}
