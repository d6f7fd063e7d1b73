using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>Two scenarios side by side, and which differences are real.</summary>
internal static class ComparisonText
{
    public static void Write(StringBuilder text, ScenarioOutcome first, ScenarioOutcome other, Comparison comparison)
    {
        var table = new TextTable(["", "", "first", "other", "difference", ""], 1, 5);
        string? last = null;
        foreach (var figure in comparison.Figures.Where(figure => !IsIdle(figure)))
        {
            var name = Name(figure.First);
            table.Add(
                name == last ? "" : name, Shown.Heading(figure.Metric), Shown.Both(figure.Metric, figure.FirstFigure.Estimate),
                Shown.Both(figure.Metric, figure.OtherFigure.Estimate), Change(figure), Word(figure.Verdict));
            last = name;
        }
        OutcomeReport.Write(text, table);
        foreach (var line in Words(first.Name, other.Name, comparison)) OutcomeReport.Line(text, $"{line}");
        text.Append('\n');
    }

    /// <summary>What follows from the comparison, in sentences.</summary>
    public static IEnumerable<string> Words(string first, string other, Comparison comparison)
    {
        foreach (var real in TotalFirst(comparison.With(Verdict.Real)))
            yield return $"Real, {Name(real.Key)}, in the other scenario: {string.Join("; ", real.Select(Phrase))}.";
        var open = comparison.With(Verdict.NotShown).ToList();
        if (open.Count > 0) yield return $"Not shown, may be chance: {string.Join("; ", TotalFirst(open).Select(Listed))}.";
        if (comparison.Figures.All(figure => figure.Verdict == Verdict.Same)) yield return $"{first} and {other} came out the same in every replication.";
        if (comparison.Figures.All(figure => figure.Verdict is Verdict.Unknown or Verdict.Same) && comparison.With(Verdict.Unknown).Any())
            yield return "Nothing can be said about differences: one replication does not show how much days differ. Give --replications 2 or more.";
        foreach (var unmatched in comparison.Unmatched) yield return unmatched;
        if (open.Count > 0 || comparison.With(Verdict.Real).Any())
            yield return "Each interval is a paired-t 95 % interval on its own. \"Real\" is said of what stands Holm's procedure over all of them at 5 %, since of many "
                + "equal figures some would differ by chance.";
    }

    public static string Name(Subject subject) => subject.Kind == SubjectKind.Group ? $"group {subject.Name}" : subject.Name;

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Real => "real",
        Verdict.NotShown => "not shown",
        Verdict.Same => "same",
        _ => Shown.None,
    };

    public static string Change(ComparedFigure figure) =>
        $"{Shown.Change(figure.Metric, figure.Difference.Mean)} ± {Shown.Value(figure.Metric, figure.Difference.HalfWidth)}";

    private static bool IsIdle(ComparedFigure figure) =>
        OutcomeReport.IsIdle(figure.Metric, figure.FirstFigure.Estimate) && OutcomeReport.IsIdle(figure.Metric, figure.OtherFigure.Estimate);

    private static IEnumerable<IGrouping<Subject, ComparedFigure>> TotalFirst(IEnumerable<ComparedFigure> figures) =>
        figures.GroupBy(figure => figure.First).OrderByDescending(subject => subject.Key.Kind == SubjectKind.Total);

    private static string Listed(IGrouping<Subject, ComparedFigure> figures) => $"{Name(figures.Key)}: {string.Join(", ", figures.Select(figure => figure.Metric.Title))}";

    /// <summary>"wait of served lower by 3.8 ± 0.1 s (19.4 → 15.6)".</summary>
    private static string Phrase(ComparedFigure figure)
    {
        var (metric, by) = (figure.Metric, figure.Difference);
        var unit = metric.Unit switch { Unit.Seconds => " s", Unit.Share => " percentage points", _ => "" };
        return $"{metric.Title} {(by.Mean > 0 ? "higher" : "lower")} by {Shown.Value(metric, Math.Abs(by.Mean!.Value))} ± {Shown.Value(metric, by.HalfWidth)}{unit} "
            + $"({Shown.Value(metric, figure.FirstFigure.Estimate.Mean)} → {Shown.Value(metric, figure.OtherFigure.Estimate.Mean)})";
    }
}
