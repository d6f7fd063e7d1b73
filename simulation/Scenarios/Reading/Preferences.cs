using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>
/// Which waiting contact a freed agent takes. Routing has one order of waiting cases for all agents, so the groups' preferences become
/// ranks of types: a preferred type has a higher rank than another wherever that does not contradict what other groups prefer.
/// Types of which some groups prefer the one and others the other have the same rank, and who waits longest goes first.
/// </summary>
internal sealed record Preferences(ImmutableArray<int> Ranks, ImmutableArray<string> Contradictions)
{
    public static Preferences Rank(ImmutableArray<ContactType> types, ImmutableArray<StaffGroup> groups)
    {
        var index = new Dictionary<string, int>();
        for (var i = 0; i < types.Length; i++) index.TryAdd(types[i].Name, i);
        var before = new bool[types.Length, types.Length];
        foreach (var group in groups)
            foreach (var first in group.Serves)
                foreach (var second in group.Serves)
                    if (first.Level > second.Level) before[index[first.Type], index[second.Type]] = true;
        var reaches = Closure(before, types.Length);
        return new Preferences(RanksOf(before, reaches, types.Length), Contradicting(types, reaches));
    }

    private static bool[,] Closure(bool[,] before, int count)
    {
        var reaches = (bool[,])before.Clone();
        for (var via = 0; via < count; via++)
            for (var i = 0; i < count; i++)
                for (var j = 0; reaches[i, via] && j < count; j++)
                    reaches[i, j] |= reaches[via, j];
        return reaches;
    }

    private static ImmutableArray<int> RanksOf(bool[,] before, bool[,] reaches, int count)
    {
        var ranks = new int[count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    var together = reaches[i, j] && reaches[j, i];
                    var least = together ? ranks[j] : before[i, j] ? ranks[j] + 1 : 0;
                    if (ranks[i] >= least) continue;
                    ranks[i] = least;
                    changed = true;
                }
            }
        }
        return [.. ranks];
    }

    private static ImmutableArray<string> Contradicting(ImmutableArray<ContactType> types, bool[,] reaches)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < types.Length; i++)
            for (var j = i + 1; j < types.Length; j++)
                if (reaches[i, j] && reaches[j, i]) found.Add($"{types[i].Name} and {types[j].Name}");
        return found.DrainToImmutable();
    }
}
