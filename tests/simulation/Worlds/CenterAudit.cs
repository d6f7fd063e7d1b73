using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Holds what a run wrote against every promise.</summary>
internal static class CenterAudit
{
    /// <summary>A case that was refused on its way waits a second before it is proposed again.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    /// <summary>While things go wrong, a repair may meet the next fault, and so may the one after it. Ten in a row are no chance any more.</summary>
    private static readonly TimeSpan InTrouble = 10 * new GrainOptions().ClockReading;

    /// <summary>What is broken, in the order of positions. Faults may make work wait for the next repair; nothing else is forgiven them.</summary>
    public static async Task<IReadOnlyList<Violation>> Of(SeededCenter center)
    {
        var journal = center.World.Journal;
        var audit = await JournalAudit.Of(journal, at => at < center.MendedAt ? InTrouble : Usual);
        List<RecordedEvent> events = [];
        await foreach (var recorded in journal.ReadAll()) events.Add(recorded);
        // Whoever waits for a repair is passed over meanwhile.
        var broken = audit.Violations.Where(violation => violation.Invariant != 8 || violation.At >= center.MendedAt);
        return [.. broken.Concat(center.Ledger.Check(events)).Concat(await HandsThatAreNotEmpty(center)).OrderBy(violation => violation.Position == 0 ? long.MaxValue : violation.Position)];
    }

    /// <summary>When every case is closed and no news is on its way, no agent believes to hold one.</summary>
    private static async Task<IEnumerable<Violation>> HandsThatAreNotEmpty(SeededCenter center)
    {
        await center.World.Pass(center.MendedAt - center.World.Now);
        List<Violation> found = [];
        foreach (var agent in center.Configuration.Agents)
        {
            var view = await center.World.Agent(agent.Id).Get();
            if (view.State.Presence != Presence.Offline && !view.Holdings.IsEmpty)
                found.Add(new Violation(9, 0, default, center.World.Workspace, $"agent {agent.Id} believes to hold {string.Join(", ", view.Holdings.Select(holding => holding.CaseId))}, and every case is closed."));
        }
        return found;
    }
}
