using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.GrainInterfaces.Routing;

/// <summary>Brings waiting cases and free agents of one pool together. It is right about nothing: what it remembers is rebuilt
/// from the read models and the agents at any time, and a wrong guess is refused by an agent or a case. Key: <c>workspace/pool</c>.</summary>
public interface IRouterGrain : IGrainWithStringKey
{
    /// <summary>From a case: how it stands. Older news than what is known is ignored.</summary>
    [OneWay]
    Task CaseChanged(string caseId, CaseState state);

    /// <summary>From an agent: how they stand.</summary>
    [OneWay]
    Task AgentChanged(AgentView agent);

    /// <summary>From an agent: the proposal was taken up, or not.</summary>
    /// <param name="state">The case as it answered; null where it was not asked.</param>
    [OneWay]
    Task ProposalAnswered(string caseId, AgentView agent, Refusal? refusal, CaseState? state);

    /// <summary>From the router itself: what has come in since the last pass is matched together.</summary>
    [OneWay]
    Task Pass();

    [OneWay]
    Task Reconfigured();

    /// <summary>Activates the router, which then routes what waits.</summary>
    Task Start();

    /// <summary>Why a case waits, or why it went where it is.</summary>
    Task<Explanation?> Explain(string caseId);

    /// <summary>Queues as the router sees them now.</summary>
    Task<ImmutableArray<QueueSnapshot>> Queues();
}

/// <summary>Calls cases and agents when their deadlines are due. Key: the shard's number.</summary>
public interface IClockGrain : IGrainWithStringKey
{
    /// <summary>A deadline was written, or must be asked about again. A hint: the rows are what counts.</summary>
    [OneWay]
    Task Watch(DeadlineHint hint);

    /// <summary>Activates the shard, which then reads its rows.</summary>
    Task Start();
}

/// <param name="ForAgent">The owner is an agent; otherwise a case.</param>
[GenerateSerializer, Immutable, Alias("DeadlineHint")]
public readonly record struct DeadlineHint(
    [property: Id(0)] bool ForAgent,
    [property: Id(1)] string Workspace,
    [property: Id(2)] string Id,
    [property: Id(3)] DeadlineKind Kind,
    [property: Id(4)] string Key,
    [property: Id(5)] DateTimeOffset DueAt);
