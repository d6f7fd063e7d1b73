using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>A case in every status, made by commands, and every command in its plainest form.</summary>
internal static class GivenCase
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static QueueSettings Queue { get; } = new() { Name = "support", OffersAtOnce = 3 };

    public static AgentSettings Agent(string id) => new() { Id = id, Queues = ["support"] };

    public static Placement Place(string queue = "support", TimeSpan credit = default) => new(queue, "rule", Requirements.None, 3, 0, credit, null, null, null);

    /// <summary>The state after commands that must all be permitted.</summary>
    public static CaseState After(this CaseState state, params ReadOnlySpan<CaseCommand> commands)
    {
        foreach (var command in commands)
        {
            var decision = CaseDecisions.Decide(state, command);
            Assert.Null(decision.Refusal);
            Assert.NotEmpty(decision.Events);
            state = CaseFold.Evolve(state, decision.Events);
        }
        return state;
    }

    public static CaseState Queued { get; } = CaseState.None.After(Message("m1"));
    public static CaseState Offered { get; } = Queued.After(Offer("ana"));
    public static CaseState Assigned { get; } = Offered.After(Accept("ana"));
    public static CaseState Waiting { get; } = Assigned.After(Wait("ana"));
    public static CaseState WaitingInHands { get; } = Assigned.After(Wait("ana") with { KeepsCapacity = true });
    public static CaseState Escalated { get; } = Assigned.After(Escalate("ana"));
    public static CaseState Closed { get; } = Assigned.After(Close("ana") with { ReopenUntil = Noon.AddHours(1) });
    public static CaseState ClosedForGood { get; } = Assigned.After(Close("ana"));

    public static CaseState In(CaseStatus status) => status switch
    {
        CaseStatus.None => CaseState.None,
        CaseStatus.Queued => Queued,
        CaseStatus.Offered => Offered,
        CaseStatus.Assigned => Assigned,
        CaseStatus.Waiting => Waiting,
        CaseStatus.Escalated => Escalated,
        _ => Closed,
    };

    public static CaseCommand.Receive Message(string id, TimeSpan credit = default) => new(
        new CaseOpened
        {
            At = Noon, CustomerId = "chat:eva", Channel = "chat", Account = "brand", Thread = "brand/direct",
            Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty),
        },
        new MessageReceived { At = Noon, MessageId = id, Text = "hola", SentAt = Noon },
        Place(credit: credit), TimeSpan.FromMinutes(2), null) { At = Noon };

    public static CaseCommand.MakeOffer Offer(string agent) =>
        new($"{agent}-1", Agent(agent), 1, 1, Queue, [], Noon.AddSeconds(20), false, "the only one") { At = Noon };

    public static CaseCommand.AcceptOffer Accept(string agent) => new($"{agent}-1", Agent(agent), Queue, []) { At = Noon };
    public static CaseCommand.DeclineOffer Decline(string agent) => new($"{agent}-1", agent, 1, Noon.AddSeconds(300)) { At = Noon };
    public static CaseCommand.EndOffer End(string agent, OfferEnd end = OfferEnd.Withdrawn) => new($"{agent}-1", agent, end) { At = Noon };
    public static CaseCommand.Assign Assign(string agent) => new(agent, 1, false) { At = Noon };
    public static CaseCommand.Answer Answer(string agent) => new("r1", agent, null, "buenas") { At = Noon };
    public static CaseCommand.Wait Wait(string? agent = null) => new(agent, WaitingFor.Customer, Noon.AddHours(1), false, null) { At = Noon };
    public static CaseCommand.Escalate Escalate(string? agent = null) => new(agent, "billing", Noon.AddHours(1), null) { At = Noon };
    public static CaseCommand.Close Close(string? agent = null, CloseKind kind = CloseKind.Handled) => new(agent, kind, null, null, null) { At = Noon };
    public static CaseCommand.ChangePriority Priority(int priorityClass) => new(priorityClass, 0) { At = Noon };
    public static CaseCommand.AddNote Note() => new("note") { At = Noon };
    public static CaseCommand.AnswerAutomatically Automatic() => new("we are closed") { At = Noon };

    public static CaseCommand.SendToQueue Send(string queue, string? agent = null) =>
        new(agent, Place(queue), QueuedBecause.Transferred, TimeSpan.Zero) { At = Noon };

    public static CaseCommand.Due Due(DeadlineKind kind, int after = 0) =>
        new(kind, Place(), TimeSpan.FromMinutes(2), 1, null) { At = Noon.AddSeconds(after) };

    /// <summary>A state as text, by value: two with the same text are the same.</summary>
    public static string Text(object state) => JsonSerializer.Serialize(state);
}
