using System.Globalization;
using System.Text;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Says what went wrong in a run: the command that repeats it, what is broken, and what led to it.</summary>
internal static class SeedReport
{
    private const int Around = 40;

    /// <summary>Null when nothing is wrong.</summary>
    /// <param name="test">The class of tests whose run it is.</param>
    public static string? Of(ulong seed, Type test, Func<SeededCenter> make, Func<SeededCenter, Task<IReadOnlyList<Violation>>> run)
    {
        using var center = make();
        string wrong;
        long position;
        try
        {
            var violations = run(center).GetAwaiter().GetResult();
            if (violations.Count == 0) return null;
            wrong = string.Join('\n', violations.Take(10));
            position = violations[0].Position;
        }
        catch (Exception error)
        {
            (wrong, position) = (error.ToString(), 0);
        }
        var events = center.World.Journal.ReadAll().ToBlockingEnumerable().ToList();
        return Write(seed, test, wrong, position == 0 ? events.Count : position, events);
    }

    private static string Write(ulong seed, Type test, string wrong, long position, List<RecordedEvent> events)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Repeat with: ROUTINGGRID_SEED={seed} dotnet run --project tests/grains -- -class {test.FullName}\n");
        text.Append(CultureInfo.InvariantCulture, $"{wrong}\n\nWhat led to it:\n");
        foreach (var recorded in events.Where(recorded => recorded.Position > position - Around && recorded.Position <= position + 3))
        {
            var mark = recorded.Position == position ? '>' : ' ';
            text.Append(CultureInfo.InvariantCulture, $"{mark}{recorded.Position,6} {recorded.Event.At:HH:mm:ss.fff} {recorded.Stream.Kind,-8} {recorded.Stream.Id,-18} {Say(recorded.Event)}\n");
        }
        return text.ToString();
    }

    private static string Say(DomainEvent happened) => happened switch
    {
        CaseOpened e => $"opened by {e.CustomerId} in {e.Thread}",
        MessageReceived e => $"message {e.MessageId}",
        CaseQueued e => $"queued in {e.Queue} ({e.Because}), class {e.Class} boost {e.Boost}, since {e.VirtualStart:HH:mm:ss}, needs [{string.Join(' ', e.Needs.Skills.Select(skill => $"{skill.Skill}≥{skill.Level}"))}] {e.Needs.Language} prefers {e.PreferredAgent} until {e.PreferredUntil:HH:mm:ss}",
        PriorityChanged e => $"priority {e.Class} + {e.Boost}",
        StageReached e => $"stage {e.Stage}",
        CaseOffered e => $"offered to {e.AgentId} as {e.OfferId} until {e.ExpiresAt:HH:mm:ss} ({e.Reason})",
        OfferEnded e => $"offer {e.OfferId} {e.End}{(e.DeclinedUntil is { } until ? $" until {until:HH:mm:ss}" : "")}",
        CaseAssigned e => $"assigned to {e.AgentId}{(e.OfferId is null ? "" : $" by offer {e.OfferId}")}{(e.Manual ? ", manually" : "")}{(e.Excess ? ", in excess" : "")}",
        CaseWaiting e => $"waits for {e.For} until {e.Until:HH:mm:ss}{(e.KeepsCapacity ? ", in hands" : "")}",
        CaseEscalated e => $"escalated until {e.FollowUpAt:HH:mm:ss}",
        CaseClosed e => $"closed ({e.Kind}), may reopen until {e.ReopenUntil:HH:mm:ss}",
        TargetMissed e => $"missed {e.Target}",
        SessionStarted e => $"session {e.SessionId}",
        SessionEnded e => $"session {e.SessionId} {e.End}",
        ActivityChanged e => $"is {e.Activity} ({e.Because})",
        CapacityReserved e => $"keeps room for {e.CaseId}",
        WorkspaceConfigured e => $"configured: {string.Join(", ", e.Configuration.Agents.Select(agent => $"{agent.Id} {agent.Capacity} of [{string.Join(' ', agent.Queues)}]"))}",
        _ => happened.GetType().Name,
    };
}
