using System.Globalization;
using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>The staffing that was found, period by period.</summary>
internal static class StaffingText
{
    public static void Write(StringBuilder text, ScenarioOutcome scenario, StaffingReport staffing)
    {
        var outcome = scenario.Outcome;
        OutcomeReport.Line(text, $"The smallest staffing found for {staffing.Target} in every period:");
        OutcomeReport.Line(text, $"");
        var table = new TextTable(
        [
            "period", .. outcome.Groups.Select(group => $"{group.Name}, agents"), "arrived", "service level, %",
            .. outcome.Groups.Select(group => $"{group.Name}, occupancy, %"),
        ]);
        for (var period = 0; period < outcome.PeriodCount; period++)
        {
            var at = period;
            table.Add(
            [
                scenario.Periods[at], .. staffing.Groups.Select(agents => agents[at].ToString(CultureInfo.InvariantCulture)),
                Shown.Both(Metrics.Arrived, outcome.Total.In(at, Metrics.Arrived)), Shown.Both(Metrics.ServiceLevel, outcome.Total.In(at, Metrics.ServiceLevel)),
                .. outcome.Groups.Select(group => Shown.Both(Metrics.Occupancy, group.In(at, Metrics.Occupancy))),
            ]);
        }
        OutcomeReport.Write(text, table);
        OutcomeReport.Line(text, $"No agent can be taken from any period without a period missing the target in these {OutcomeReport.Counted(outcome.Replications)}; {staffing.Runs:N0} were played to find it.");
        OutcomeReport.Line(text, $"");
    }
}
