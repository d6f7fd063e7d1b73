using System.Globalization;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Silo.Simulate;

/// <summary>What a reader of the report should know of the scenarios.</summary>
internal static class ReportNotes
{
    /// <summary>When each period begins; with the day where there are several.</summary>
    public static IEnumerable<string> PeriodNames(Scenario scenario)
    {
        var format = scenario.End.AddTicks(-1).Date > scenario.Start.Date ? "MM-dd HH:mm" : "HH:mm";
        return scenario.Periods.Select(period => (scenario.Start + period.From).ToString(format, CultureInfo.InvariantCulture));
    }

    public static IEnumerable<string> Of(Scenario[] scenarios)
    {
        foreach (var scenario in scenarios)
        {
            foreach (var note in scenario.Notes) yield return scenarios.Length > 1 ? $"{scenario.Name}: {note}" : note;
            if (scenario.WarmUp > TimeSpan.Zero)
                yield return string.Create(CultureInfo.InvariantCulture, $"{(scenarios.Length > 1 ? $"{scenario.Name}: the" : "The")} first {scenario.WarmUp.TotalMinutes:0.##} minutes are warm-up: in no figure.");
        }
        if (scenarios.Length < 2) yield break;
        foreach (var (first, other) in scenarios[0].Types.Join(scenarios[1].Types, type => type.Name, type => type.Name, (first, other) => (first, other)))
            if (first.Within != other.Within)
                yield return string.Create(CultureInfo.InvariantCulture, $"The target of {first.Name} is {first.Within.TotalSeconds:0.##} s in the first and {other.Within.TotalSeconds:0.##} s in the other: their service levels measure different things.");
    }
}
