using System.Collections.Immutable;

namespace RoutingGrid.Routing.Rules;

/// <summary>A case that another set of rules would treat otherwise.</summary>
public sealed record DryRunChange(string CaseId, Classification Before, Classification After);

/// <summary>What a set of rules would have done to cases of the past.</summary>
/// <param name="Cases">How many cases were looked at.</param>
/// <param name="Taken">Rule → how many of them it takes, for every rule that takes any; the empty name is the default queue. By name.</param>
/// <param name="Changes">Those that would be treated otherwise, in the order given.</param>
public sealed record DryRun(int Cases, ImmutableSortedDictionary<string, int> Taken, ImmutableArray<DryRunChange> Changes)
{
    /// <summary>Compares two sets of rules on the same cases. A changed rule name alone is a change.</summary>
    public static DryRun Compare(RuleSet before, RuleSet after, IEnumerable<(string CaseId, MessageFacts Facts)> cases)
    {
        var taken = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<DryRunChange>();
        var count = 0;
        foreach (var (caseId, facts) in cases)
        {
            count++;
            var (was, would) = (before.Classify(facts), after.Classify(facts));
            taken[would.Rule ?? ""] = taken.GetValueOrDefault(would.Rule ?? "") + 1;
            if (was != would) changes.Add(new DryRunChange(caseId, was, would));
        }
        return new DryRun(count, taken.ToImmutableSortedDictionary(StringComparer.Ordinal), changes.ToImmutable());
    }
}
