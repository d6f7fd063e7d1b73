using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Simulation.Tests.Reports;

/// <summary>Says an event as one would tell it.</summary>
internal static class Sentences
{
    public static string Of(RecordedEvent recorded) => $"{What(recorded.Stream.Id, recorded.Event)}{By(recorded.Event)}";

    private static string What(string id, DomainEvent happened) => happened switch
    {
        CaseOpened e => $"{e.CustomerId} opens it in thread {e.Thread} of {e.Account}{(e.Previous is null ? "" : $", after case {e.Previous}")}",
        MessageReceived e => $"takes message {e.MessageId}",
        CaseQueued e => $"waits in queue {e.Queue} ({Words(e.Because)}), class {e.Class}{(e.Boost == 0 ? "" : $" + {e.Boost}")}, in line since {e.VirtualStart:HH:mm:ss}{Needs(e)}{Prefers(e)}",
        PriorityChanged e => $"has class {e.Class} + {e.Boost} now",
        StageReached e => $"reaches stage {e.Stage}",
        CaseOffered e => $"is offered to {e.AgentId} until {e.ExpiresAt:HH:mm:ss} as offer {e.OfferId} ({e.Reason})",
        OfferEnded e => $"offer {e.OfferId} to {e.AgentId} ends: {Words(e.End)}{(e.DeclinedUntil is { } until ? $" until {until:HH:mm:ss}" : "")}",
        CaseAssigned e => $"is in the hands of {e.AgentId} now{(e.OfferId is null ? "" : $", who accepted offer {e.OfferId}")}{(e.Manual ? ", by decision of a person" : "")}{(e.Excess ? ", beyond capacity by permission" : "")}{(e.From is null ? "" : $", taken from {e.From}")}",
        CaseAnswered e => $"{e.AgentId} answers with {e.ReplyId}",
        TargetMissed e => $"misses its {Words(e.Target)} of {e.DueAt:HH:mm:ss}",
        CaseWaiting e => $"waits for {Words(e.For)} until {e.Until:HH:mm:ss}{(e.KeepsCapacity ? ", in the agent's hands" : "")}",
        CaseEscalated e => $"is with {e.To} until {e.FollowUpAt:HH:mm:ss}",
        CaseClosed e => $"is closed ({Words(e.Kind)}){(e.ReopenUntil is { } until ? $", can be reopened until {until:HH:mm:ss}" : "")}",
        NoteAdded => "gets a note",
        AutomaticAnswerSent => "is answered automatically",
        CaseCustomerErased e => $"is a case of {e.Pseudonym} now",
        SessionStarted e => $"signs in with session {e.SessionId}",
        SessionEnded e => $"session {e.SessionId} ends ({Words(e.End)})",
        SessionLost e => $"session {e.SessionId} is silent; it has until {e.GraceUntil:HH:mm:ss}",
        SessionResumed e => $"session {e.SessionId} is heard from again",
        ActivityChanged e => $"is '{e.Activity}'{(e.Available ? ", taking work" : "")} ({Words(e.Because)})",
        CapacityReserved e => $"keeps room for case {e.CaseId}",
        WorkReleased => "has given everything back",
        CustomerAppeared => "writes for the first time",
        CustomerCaseOpened e => $"has case {e.CaseId} in thread {e.Thread}",
        CustomerErased e => $"is {e.Pseudonym} now",
        WorkspaceConfigured e => $"is configured: {string.Join(", ", e.Configuration.Agents.Select(agent => $"{agent.Id} takes {agent.Capacity} of {string.Join('/', agent.Queues)}"))}",
        _ => $"{happened.GetType().Name} of {id}",
    };

    private static string By(DomainEvent happened) => happened switch
    {
        { By: null, CommandId: null } => ".",
        { CommandId: null } => $" [{happened.By}].",
        _ => $" [{happened.By}, {happened.CommandId}].",
    };

    private static string Needs(CaseQueued e)
    {
        if (e.Needs.Skills.IsEmpty && e.Needs.Language is null) return "";
        var needs = e.Needs.Skills.Select(skill => $"{skill.Skill} {skill.Level}");
        return $", needs {string.Join(" and ", e.Needs.Language is { } language ? needs.Append(language) : needs)}";
    }

    private static string Prefers(CaseQueued e) => e.PreferredAgent is null ? "" : $", preferably for {e.PreferredAgent} until {e.PreferredUntil:HH:mm:ss}";

    /// <summary>A name as words: RangOut is "rang out".</summary>
    private static string Words(Enum value) => string.Concat(value.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
