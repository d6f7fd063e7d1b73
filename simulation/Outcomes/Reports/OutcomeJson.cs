using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>What <c>simulate --json</c> prints, for programs.</summary>
public static class OutcomeJson
{
    /// <summary>
    /// One line without a line end. Counts are means per replication, waits are in seconds, shares from 0 to 1. <c>ci</c> has
    /// <c>[low, high]</c> for each metric, null where there is no interval.
    /// </summary>
    public static string Line(SimulationReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Outcome(json, report.First.Outcome);
            json.WriteNumber("replications", report.Replications);
            json.WriteNumber("seed", report.Seed);
            json.WriteNumber("wallSeconds", Rounded(report.WallSeconds));
            json.WriteString("scenario", report.First.Name);
            if (report.Other is { } other)
            {
                json.WriteStartObject("other");
                json.WriteString("scenario", other.Name);
                Outcome(json, other.Outcome);
                json.WriteEndObject();
            }
            if (report.Comparison is { } comparison) Differences(json, comparison);
            if (report.Staffing is { } staffing) Staffing(json, report.First, staffing);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Outcome(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartArray("types");
        foreach (var type in outcome.Types) Subject(json, type);
        json.WriteEndArray();
        json.WritePropertyName("total");
        Subject(json, outcome.Total);
        json.WriteStartArray("groups");
        foreach (var group in outcome.Groups) Subject(json, group);
        json.WriteEndArray();
    }

    private static void Subject(Utf8JsonWriter json, Subject subject)
    {
        json.WriteStartObject();
        Name(json, subject);
        foreach (var figure in subject.Whole) Number(json, figure.Metric.Field, figure.Estimate.Mean);
        json.WriteStartObject("ci");
        foreach (var figure in subject.Whole) Interval(json, figure.Metric.Field, figure.Estimate.Low, figure.Estimate.High);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Differences(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject("differences");
        foreach (var (field, kind) in new[] { ("types", SubjectKind.Type), ("groups", SubjectKind.Group) })
        {
            json.WriteStartArray(field);
            foreach (var subject in comparison.Figures.Where(figure => figure.First.Kind == kind).GroupBy(figure => figure.First)) Difference(json, subject.Key, [.. subject]);
            json.WriteEndArray();
        }
        json.WritePropertyName("total");
        Difference(json, null, [.. comparison.Figures.Where(figure => figure.First.Kind == SubjectKind.Total)]);
        json.WriteStartArray("unmatched");
        foreach (var unmatched in comparison.Unmatched) json.WriteStringValue(unmatched);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Difference(Utf8JsonWriter json, Subject? subject, ImmutableArray<ComparedFigure> figures)
    {
        json.WriteStartObject();
        if (subject is not null) Name(json, subject);
        foreach (var figure in figures) Number(json, figure.Metric.Field, figure.Difference.Mean);
        json.WriteStartObject("ci");
        foreach (var figure in figures) Interval(json, figure.Metric.Field, figure.Difference.Low, figure.Difference.High);
        json.WriteEndObject();
        json.WriteStartObject("verdict");
        foreach (var figure in figures) json.WriteString(figure.Metric.Field, Verdicts.Field(figure.Verdict));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Staffing(Utf8JsonWriter json, ScenarioOutcome scenario, StaffingReport staffing)
    {
        json.WriteStartObject("staffing");
        json.WriteNumber("share", Rounded(staffing.Target.Share));
        Number(json, "seconds", staffing.Target.Seconds);
        json.WriteStartArray("groups");
        foreach (var (group, agents) in scenario.Outcome.Groups.Zip(staffing.Groups))
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteStartArray("agents");
            foreach (var count in agents) json.WriteNumberValue(count);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("periods");
        for (var period = 0; period < scenario.Periods.Length; period++) Period(json, scenario, period);
        json.WriteEndArray();
        json.WriteNumber("runs", staffing.Runs);
        json.WriteEndObject();
    }

    private static void Period(Utf8JsonWriter json, ScenarioOutcome scenario, int period)
    {
        var level = scenario.Outcome.Total.In(period, Metrics.ServiceLevel);
        json.WriteStartObject();
        json.WriteString("start", scenario.Periods[period]);
        Number(json, "serviceLevel", level.Mean);
        Interval(json, "ci", level.Low, level.High);
        json.WriteEndObject();
    }

    private static void Name(Utf8JsonWriter json, Subject subject)
    {
        if (subject.Kind != SubjectKind.Total) json.WriteString("name", subject.Name);
    }

    private static void Number(Utf8JsonWriter json, string field, double? value)
    {
        if (value is { } known) json.WriteNumber(field, Rounded(known));
        else json.WriteNull(field);
    }

    private static void Interval(Utf8JsonWriter json, string field, double? low, double? high)
    {
        if (low is not { } from || high is not { } to)
        {
            json.WriteNull(field);
            return;
        }
        json.WriteStartArray(field);
        json.WriteNumberValue(Rounded(from));
        json.WriteNumberValue(Rounded(to));
        json.WriteEndArray();
    }

    private static double Rounded(double value) => Math.Round(value, 6);
}
