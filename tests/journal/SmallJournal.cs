using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests;

/// <summary>An agent and a few cases, with their rows, for whoever damages or rebuilds them.</summary>
internal static class SmallJournal
{
    internal static async Task Fill(IJournal journal)
    {
        var agent = new StreamId(StreamKind.Agent, Given.Workspace, "ana");
        ImmutableArray<DomainEvent> signedIn = [new SessionStarted { At = Given.Start, SessionId = "desk" }, new ActivityChanged { At = Given.Start, Activity = "available", Available = true, Because = ActivityBecause.SignedIn }];
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddAgent(changes, Given.Workspace, "ana", AgentState.None, AgentFold.Evolve(AgentState.None, signedIn));
        await Commit(journal, new Append(new StreamAppend(agent, 0, signedIn), changes.DrainToImmutable()));
        await Open("1", journal);
        await Open("2", journal);
        await Open("3", journal, new CaseOffered { At = Given.Start, OfferId = "o", AgentId = "ana", Units = 1, ExpiresAt = Given.Start.AddSeconds(20) });
    }

    internal static Task Open(string caseId, IJournal journal, params IEnumerable<DomainEvent> more) =>
        Write(caseId, journal, CaseState.None, [.. Opened(caseId), .. more]);

    /// <summary>Offers to the agent a case that was just opened.</summary>
    internal static Task Offer(string caseId, IJournal journal) => Write(
        caseId, journal, CaseFold.Evolve(CaseState.None, Opened(caseId)),
        [new CaseOffered { At = Given.Start, OfferId = "o", AgentId = "ana", Units = 1, ExpiresAt = Given.Start.AddSeconds(20) }]);

    private static ImmutableArray<DomainEvent> Opened(string caseId) =>
    [
        new CaseOpened
        {
            At = Given.Start, CustomerId = "chat:joe-" + caseId, Channel = "chat", Account = "brand", Thread = "t",
            Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty),
        },
        new CaseQueued { At = Given.Start, Queue = "support", Because = QueuedBecause.New, VirtualStart = Given.Start, Needs = Requirements.None },
    ];

    private static async Task Write(string caseId, IJournal journal, CaseState before, ImmutableArray<DomainEvent> events)
    {
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddCase(changes, Given.Workspace, caseId, before, CaseFold.Evolve(before, events));
        await Commit(journal, new Append(new StreamAppend(Given.Case(caseId), before.Version, events), changes.DrainToImmutable()));
    }

    private static async Task Commit(IJournal journal, Append append) => Assert.IsType<AppendResult.Committed>(await journal.Append(append));
}
