using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Reports;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Outcomes;

public sealed class ComparisonTests
{
    [Fact]
    public void The_same_twice_is_the_same()
    {
        var comparison = Comparison.Of(MadeUp.Days(10), MadeUp.Days(10));
        Assert.All(comparison.Figures.Where(figure => figure.FirstFigure.Estimate.Mean is not null), figure => Assert.Equal(Verdict.Same, figure.Verdict));
        Assert.Contains("came out the same in every replication", OutcomeReport.Text(MadeUp.Report(MadeUp.Days(10), MadeUp.Days(10))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_difference_is_real_and_said_in_words()
    {
        var report = MadeUp.Report(MadeUp.Days(10), MadeUp.Days(10, served: 9, wait: 30));
        Assert.Equal(Verdict.Real, Figure(report.Comparison!, Metrics.MeanWait).Verdict);
        Assert.Equal(Verdict.Real, Figure(report.Comparison!, Metrics.ServiceLevel).Verdict);
        Assert.Equal(Verdict.Same, Figure(report.Comparison!, Metrics.Arrived).Verdict);
        Assert.Contains("wait of served higher by", OutcomeReport.Text(report), StringComparison.Ordinal);
    }

    /// <summary>Two scenarios that differ by noise alone: hardly ever is anything called real, although sixty figures are compared.</summary>
    [Fact]
    public void Noise_is_called_real_in_at_most_one_of_twenty_comparisons()
    {
        var random = new Random(4);
        var wrong = Enumerable.Range(0, 200).Count(_ => Comparison.Of(Noise(), Noise()).With(Verdict.Real).Any());
        Assert.InRange(wrong, 0, 200 * 0.05 + 3 * Math.Sqrt(200 * 0.05 * 0.95));

        Outcome Noise() => Outcome.Of(Enumerable.Range(1, 8).Select(number => MadeUp.Day(number) with
        {
            Types = [new TypeOutcome("calls", [Any(), Any()]), new TypeOutcome("emails", [Any(), Any()]), new TypeOutcome("chats", [Any(), Any()])],
        }));

        ContactCounts Any() => MadeUp.Counts(random.Next(80, 121), random.Next(40, 80), 10 + (5 * random.NextDouble())) with { ServedInTime = random.Next(10, 40) };
    }

    /// <summary>Holm, by hand: of p = 0.01, 0.02, 0.03 and 0.04 only 0.01 ≤ 0.05/4 stands, since 0.02 > 0.05/3 stops it.</summary>
    [Fact]
    public void Holms_procedure_stops_at_the_first_that_does_not_stand()
    {
        Assert.Equal([true, false, false, false], Comparison.Holm([0.01, 0.02, 0.03, 0.04]));
        Assert.Equal([true, true, true], Comparison.Holm([0.04, 0.001, 0.02]));
        Assert.Equal([false], Comparison.Holm([0.06]));
    }

    [Fact]
    public void One_replication_says_nothing()
    {
        var report = MadeUp.Report(MadeUp.Days(1), MadeUp.Days(1, wait: 30));
        Assert.All(report.Comparison!.Figures, figure => Assert.Equal(Verdict.Unknown, figure.Verdict));
        Assert.Contains("Nothing can be said about differences", OutcomeReport.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_only_one_scenario_has_are_said()
    {
        var other = Outcome.Of(Enumerable.Range(1, 3).Select(number => MadeUp.Day(number) with { Types = [MadeUp.Day(number).Types[0], new TypeOutcome("letters", [default, default])] }));
        var comparison = Comparison.Of(MadeUp.Days(3), other);
        Assert.Equal(["calls", "total", "front"], comparison.Figures.Select(figure => figure.First.Name).Distinct());
        Assert.Equal(["Type emails is in the first scenario only: not compared.", "Type letters is in the other scenario only: not compared."], comparison.Unmatched);
    }

    private static ComparedFigure Figure(Comparison comparison, Metric metric) =>
        comparison.Figures.Single(figure => figure.First.Kind == SubjectKind.Total && figure.Metric == metric);
}
