using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Holds what a run wrote against every promise.</summary>
internal static class CenterAudit
{
    /// <summary>A case that was refused on its way waits a second before it is proposed again.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    /// <summary>What is broken, in the order of positions. Faults may make work wait for the next repair; nothing else is forgiven them.</summary>
    public static async Task<IReadOnlyList<Violation>> Of(SeededCenter center)
    {
        var journal = center.World.Journal;
        var audit = await JournalAudit.Of(journal, at => at < center.MendedAt ? SeededCenter.Mending : Usual);
        List<RecordedEvent> events = [];
        await foreach (var recorded in journal.ReadAll()) events.Add(recorded);
        // Whoever waits for a repair is passed over meanwhile.
        var broken = audit.Violations.Where(violation => violation.Invariant != 8 || violation.At >= center.MendedAt);
        return [.. broken.Concat(center.Ledger.Check(events)).OrderBy(violation => violation.Position == 0 ? long.MaxValue : violation.Position)];
    }
}
