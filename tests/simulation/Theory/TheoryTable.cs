using System.Globalization;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>What was compared, for people.</summary>
internal static class TheoryTable
{
    public static IEnumerable<string> Lines(IReadOnlyCollection<Compared> figures)
    {
        yield return $"{"center",-46} {"figure",-13} {"theory",11}   {"simulated",11}   {"95 %",-11} {"errors",7}";
        foreach (var figure in figures)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{figure.Queue.Name,-46} {figure.Figure,-13} {figure.Theory,11:0.000000}   {figure.Simulated.Mean,11:0.000000} ± {figure.Simulated.HalfWidth,-11:0.000000} {figure.StandardErrors,7:+0.00;-0.00}{(figure.Holds ? "" : "  not held")}");
        yield return "";
        foreach (var kind in figures.GroupBy(figure => figure.Figure)) yield return Summary(kind.Key.ToString(), [.. kind]);
        foreach (var model in figures.Where(figure => figure.Main).GroupBy(figure => figure.Queue.Model)) yield return Summary($"one of each {model.Key}", [.. model]);
        yield return Summary("one of each center", [.. figures.Where(figure => figure.Main)]);
        yield return Summary("all figures", figures);
    }

    private static string Summary(string what, IReadOnlyCollection<Compared> figures) => string.Create(CultureInfo.InvariantCulture,
        $"{what,-32} {figures.Count(figure => figure.Holds),4} of {figures.Count,4} intervals hold theory's value ({100.0 * figures.Count(figure => figure.Holds) / figures.Count:0} %); furthest {figures.Max(figure => Math.Abs(figure.StandardErrors)):0.0} standard errors");
}
