using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.GrainInterfaces.Cases;

/// <summary>One case: it alone says who holds it. Key: <c>workspace/caseId</c>.</summary>
/// <remarks>Every command answers after what it did is durable, and may be repeated with the same command id.</remarks>
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>The case as it is; its status is None where there is no such case.</summary>
    Task<CaseResult> Get();

    /// <summary>From the customer's grain only. A closed case that the message cannot reopen answers IllegalTransition.</summary>
    Task<ReceiveResult> Receive(ReceiveMessage message);

    /// <summary>From an agent's grain only, which has reserved the capacity: records the offer, in one write with the agent's own stream.</summary>
    Task<CaseResult> MakeOffer(OfferRequest request);

    /// <summary>From an agent's grain only, which has checked that the agent may work.</summary>
    Task<CaseResult> AcceptOffer(string offerId, AgentSettings agent, CommandContext context);

    /// <summary>From an agent's grain only.</summary>
    Task<CaseResult> DeclineOffer(string offerId, string agentId, int epoch, CommandContext context);

    /// <summary>From an agent's grain only: the offer rang out or is withdrawn. A change of the agent's own is written with it, or not at all.</summary>
    Task<CaseResult> EndOffer(string offerId, OfferEnd end, AgentWrite agent, CommandContext context);

    /// <summary>From an agent's grain only: a person gives the case to this agent.</summary>
    Task<CaseResult> Assign(AgentSettings agent, int units, bool excess, AgentWrite write, CommandContext context);

    /// <summary>From an agent's grain only: its agent is gone, and the case goes back to its queue, or stays, by the queue's policy.</summary>
    Task<CaseResult> AgentLost(string agentId, CommandContext context);

    Task<CaseResult> Answer(string agentId, string replyId, string? account, string text, CommandContext context);

    /// <param name="agentId">The holder; null: a supervisor.</param>
    /// <param name="until">Null: the queue's own time for what is waited for.</param>
    Task<CaseResult> Wait(string? agentId, WaitingFor waitingFor, DateTimeOffset? until, string? note, CommandContext context);

    Task<CaseResult> Escalate(string? agentId, string to, DateTimeOffset followUpAt, string? note, CommandContext context);

    /// <summary>To another queue, or back to the case's own; its waiting time stays.</summary>
    Task<CaseResult> Transfer(string? agentId, string queue, CommandContext context);

    Task<CaseResult> Close(string? agentId, CloseKind kind, Rating? rating, string? reason, CommandContext context);

    Task<CaseResult> AddNote(string text, CommandContext context);

    Task<CaseResult> ChangePriority(int priorityClass, double boost, CommandContext context);

    /// <summary>A deadline may be due. The case checks whether it still applies.</summary>
    [OneWay]
    Task Due(DeadlineKind kind, string key);

    /// <summary>From the customer's grain only: the customer was erased, and what this activation remembers of them must go.</summary>
    Task CustomerErased();

    /// <summary>Tells the router again how the case stands, where their memories differ.</summary>
    [OneWay]
    Task Report();
}

/// <summary>Who commands, and how a repetition is recognised.</summary>
/// <param name="By">Such as <c>agent:ana</c> or <c>key:…</c>.</param>
/// <param name="CommandId">Unique per intended effect; the same again does nothing.</param>
/// <param name="IfVersion">Refuse unless the case is at this version; null: any.</param>
[GenerateSerializer, Immutable, Alias("CommandContext")]
public sealed record CommandContext([property: Id(0)] string? By, [property: Id(1)] string? CommandId, [property: Id(2)] long? IfVersion = null)
{
    public static CommandContext System { get; } = new(null, null);
}

/// <summary>How a command on a case ended: the case as it is now, and the refusal if there was one.</summary>
[GenerateSerializer, Immutable, Alias("CaseResult")]
public sealed record CaseResult([property: Id(0)] Refusal? Refusal, [property: Id(1)] CaseState State);

/// <summary>A message on its way from the customer's grain to the case's, with what must be written of the customer in the same append.</summary>
[GenerateSerializer, Immutable, Alias("ReceiveMessage")]
public sealed record ReceiveMessage
{
    [Id(0)] public required string CustomerId { get; init; }
    [Id(1)] public required IncomingMessage Message { get; init; }
    [Id(2)] public required string Thread { get; init; }

    /// <summary>The customer's stream is at this version.</summary>
    [Id(3)] public long CustomerVersion { get; init; }

    /// <summary>Written when this message opens the case.</summary>
    [Id(4)] public ImmutableArray<DomainEvent> CustomerEvents { get; init; } = [];
    [Id(5)] public string? Previous { get; init; }
}

/// <summary>What is written of an agent together with a case's events: their stream advances, so that two activations of one agent cannot both act.</summary>
/// <param name="Rows">The states whose difference the read models get; null where the events change nothing that they show.</param>
[GenerateSerializer, Immutable, Alias("AgentWrite")]
public sealed record AgentWrite(
    [property: Id(0)] string AgentId, [property: Id(1)] long Version, [property: Id(2)] ImmutableArray<DomainEvent> Events, [property: Id(3)] AgentRows? Rows = null);

[GenerateSerializer, Immutable, Alias("AgentRows")]
public sealed record AgentRows([property: Id(0)] AgentState Before, [property: Id(1)] AgentState After);

[GenerateSerializer, Immutable, Alias("OfferRequest")]
public sealed record OfferRequest
{
    [Id(0)] public required string OfferId { get; init; }
    [Id(1)] public required AgentSettings Agent { get; init; }
    [Id(2)] public required AgentWrite Write { get; init; }
    [Id(3)] public int Epoch { get; init; }
    [Id(4)] public int Units { get; init; }

    /// <summary>The router knows of this agent's decline, and that nobody else is eligible.</summary>
    [Id(5)] public bool Again { get; init; }
    [Id(6)] public string? Reason { get; init; }
}
