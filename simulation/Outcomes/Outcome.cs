using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes;

public enum SubjectKind { Type, Total, Group }

/// <summary>One metric of one subject: what each replication says, and what they say together.</summary>
public sealed record Figure(Metric Metric, ImmutableArray<Ratio> Replications)
{
    public Estimate Estimate { get; } = Estimators.Of(Replications);
}

/// <summary>The figures of a type, of all types or of a group: in the whole run, and in each period.</summary>
public sealed record Subject(SubjectKind Kind, string Name, ImmutableArray<Figure> Whole, ImmutableArray<ImmutableArray<Figure>> Periods)
{
    public Estimate this[Metric metric] => Of(Whole, metric);

    public Estimate In(int period, Metric metric) => Of(Periods[period], metric);

    private static Estimate Of(ImmutableArray<Figure> figures, Metric metric) => figures.Single(figure => figure.Metric == metric).Estimate;
}

/// <summary>What all replications of one scenario came to. The order in which they ended does not matter.</summary>
public sealed class Outcome
{
    /// <summary>In the order of the scenario.</summary>
    public ImmutableArray<Subject> Types { get; }

    /// <summary>All types together: each contact counts the same, so a service level is weighted by contacts.</summary>
    public Subject Total { get; }

    /// <summary>In the order of the scenario.</summary>
    public ImmutableArray<Subject> Groups { get; }

    public int Replications { get; }
    public int PeriodCount => Total.Periods.Length;

    /// <summary>Types, their total, groups.</summary>
    public IEnumerable<Subject> Subjects => [.. Types, Total, .. Groups];

    private Outcome(ImmutableArray<Subject> types, Subject total, ImmutableArray<Subject> groups, int replications) =>
        (Types, Total, Groups, Replications) = (types, total, groups, replications);

    /// <param name="replications">One or more, all of one scenario.</param>
    public static Outcome Of(IEnumerable<Replication> replications)
    {
        Replication[] all = [.. replications.OrderBy(one => one.Number)];
        if (all.Length == 0) throw new ArgumentException("There is no replication.", nameof(replications));
        var periods = all[0].Types[0].Periods.Length;
        return new Outcome(
            [.. all[0].Types.Select((type, t) => OfContacts(SubjectKind.Type, type.Name, periods, all, (one, period) => one.Types[t].Periods[period]))],
            OfContacts(SubjectKind.Total, "total", periods, all, (one, period) => Tally.OfTypes(one.Types.Select(type => type.Periods[period]))),
            [.. all[0].Groups.Select((group, g) => OfAgents(group.Name, periods, all, g))],
            all.Length);
    }

    private static Subject OfContacts(SubjectKind kind, string name, int periods, Replication[] all, Func<Replication, int, ContactCounts> at)
    {
        // [replication][period], taken once: the total of many types is a sum.
        ContactCounts[][] counts = [.. all.Select(one => Enumerable.Range(0, periods).Select(period => at(one, period)).ToArray())];
        return new Subject(kind, name,
            Figures(Metrics.OfContacts, [.. counts.Select(Tally.OfPeriods)]),
            [.. Enumerable.Range(0, periods).Select(period => Figures(Metrics.OfContacts, [.. counts.Select(one => one[period])]))]);
    }

    private static Subject OfAgents(string name, int periods, Replication[] all, int group)
    {
        AgentTime[][] times = [.. all.Select(one => Enumerable.Range(0, periods).Select(period => At(one, period)).ToArray())];
        return new Subject(SubjectKind.Group, name,
            Figures(Metrics.OfAgents, [.. times.Select(Tally.OfPeriods)]),
            [.. Enumerable.Range(0, periods).Select(period => Figures(Metrics.OfAgents, [.. times.Select(one => one[period])]))]);

        AgentTime At(Replication one, int period)
        {
            var use = one.Groups[group].Periods[period];
            return new AgentTime(use.BusySeconds, use.StaffedSeconds, one.Types[0].Periods[period].ObservedSeconds);
        }
    }

    private static ImmutableArray<Figure> Figures<T>(ImmutableArray<(Metric Metric, Func<T, Ratio> Of)> metrics, T[] replications) =>
        [.. metrics.Select(metric => new Figure(metric.Metric, [.. replications.Select(metric.Of)]))];
}
