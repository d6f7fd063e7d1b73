using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.Tests.Worlds;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>What one run came to.</summary>
/// <param name="Erased">Cases of customers who were erased.</param>
/// <param name="Archived">Cases that went to files.</param>
/// <param name="Report">What went wrong, for a person; null where nothing did.</param>
internal sealed record SeedOutcome(SeedSpec Spec, string? Report, int Cases, int Messages, long Events, IReadOnlyList<string> Faults, int Erased, int Archived)
{
    /// <summary>Runs a center to its end and holds everything against what was promised.</summary>
    /// <param name="trace">Where the whole run is told; null: only failures are.</param>
    public static SeedOutcome Of(SeedSpec spec, TextWriter? trace = null)
    {
        using var center = new SeededCenter(spec);
        var (wrong, error) = Wrongs(center);
        var events = All(center);
        var story = new Reports.Story(center, events);
        if (trace is not null) story.TellAll(trace);
        var report = error is not null || wrong.Count > 0 ? Reports.SeedReport.Of(center, story, wrong, error) : null;
        return new SeedOutcome(
            spec, report, events.Count(recorded => recorded.Event is CaseOpened), events.Count(recorded => recorded.Event is MessageReceived), events.Count,
            [.. center.Log.Faults.Select(fault => fault.Kind)], center.Ledger.ErasedCases, center.Ledger.ArchivedCases);
    }

    private static (IReadOnlyList<Violation> Wrong, Exception? Error) Wrongs(SeededCenter center)
    {
        try
        {
            center.Run();
        }
        catch (Exception error)
        {
            return ([], error);
        }
        List<Violation> wrong = [];
        center.World.Run(async () => wrong.AddRange(await CenterAudit.Of(center)));
        return (wrong, null);
    }

    private static List<RecordedEvent> All(SeededCenter center)
    {
        List<RecordedEvent> events = [];
        center.World.Run(async () =>
        {
            await foreach (var recorded in center.World.Journal.ReadAll()) events.Add(recorded);
        });
        return events;
    }
}
