using System.Collections.Frozen;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Journal.Codec;

/// <summary>The stored name of every event. A name that was ever written is never changed and never used for something else.</summary>
internal static class EventNames
{
    private static readonly (string Name, Type Type)[] All =
    [
        ("case.opened", typeof(CaseOpened)),
        ("case.message-received", typeof(MessageReceived)),
        ("case.queued", typeof(CaseQueued)),
        ("case.priority-changed", typeof(PriorityChanged)),
        ("case.stage-reached", typeof(StageReached)),
        ("case.offered", typeof(CaseOffered)),
        ("case.offer-ended", typeof(OfferEnded)),
        ("case.assigned", typeof(CaseAssigned)),
        ("case.answered", typeof(CaseAnswered)),
        ("case.target-missed", typeof(TargetMissed)),
        ("case.waiting", typeof(CaseWaiting)),
        ("case.escalated", typeof(CaseEscalated)),
        ("case.note-added", typeof(NoteAdded)),
        ("case.automatic-answer-sent", typeof(AutomaticAnswerSent)),
        ("case.closed", typeof(CaseClosed)),
        ("case.customer-erased", typeof(CaseCustomerErased)),
        ("customer.appeared", typeof(CustomerAppeared)),
        ("customer.case-opened", typeof(CustomerCaseOpened)),
        ("customer.erased", typeof(CustomerErased)),
        ("agent.session-started", typeof(SessionStarted)),
        ("agent.session-lost", typeof(SessionLost)),
        ("agent.session-resumed", typeof(SessionResumed)),
        ("agent.session-ended", typeof(SessionEnded)),
        ("agent.activity-changed", typeof(ActivityChanged)),
        ("agent.capacity-reserved", typeof(CapacityReserved)),
        ("agent.work-released", typeof(WorkReleased)),
        ("workspace.configured", typeof(WorkspaceConfigured)),
        ("access.api-key-created", typeof(ApiKeyCreated)),
        ("access.api-key-revoked", typeof(ApiKeyRevoked)),
    ];

    internal static FrozenDictionary<string, EventType> ByName { get; } =
        All.ToFrozenDictionary(e => e.Name, e => new EventType(e.Name, e.Type), StringComparer.Ordinal);

    internal static FrozenDictionary<Type, EventType> ByType { get; } = ByName.Values.ToFrozenDictionary(e => e.Type);

    internal static EventType Of(DomainEvent happened) =>
        ByType.TryGetValue(happened.GetType(), out var type)
            ? type
            : throw new ArgumentException(
                $"{happened.GetType().Name} has no stored name; add it to {nameof(EventNames)}.", nameof(happened));
}
