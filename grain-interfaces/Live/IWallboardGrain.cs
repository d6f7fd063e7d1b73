using System.Collections.Immutable;

namespace RoutingGrid.GrainInterfaces.Live;

/// <summary>Live numbers of a workspace, computed only while someone watches. Key: the workspace's name.</summary>
public interface IWallboardGrain : IGrainWithStringKey
{
    /// <summary>The numbers now.</summary>
    Task<WallboardSnapshot> Get();

    /// <summary>Sends a snapshot at every change, once a second at the most, until not renewed for a minute.</summary>
    Task Watch(IWallboardObserver observer);
}

/// <summary>Receives a workspace's live numbers.</summary>
public interface IWallboardObserver : IGrainObserver
{
    void Changed(WallboardSnapshot snapshot);
}

/// <summary>Everything that a wallboard shows. Counts and averages are of the current day in UTC.</summary>
[GenerateSerializer, Immutable, Alias("WallboardSnapshot")]
public sealed record WallboardSnapshot(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] ImmutableArray<QueueNumbers> Queues,
    [property: Id(2)] QueueNumbers Total,
    [property: Id(3)] ImmutableArray<ActivityCount> Activities,
    [property: Id(4)] ImmutableArray<RoutingDecision> Decisions);

/// <summary>A queue's numbers.</summary>
/// <param name="Waiting">Cases in the queue that nobody is asked about.</param>
/// <param name="LongestWaitSeconds">Of the cases waiting or offered now.</param>
/// <param name="Arrived">Cases opened into the queue.</param>
/// <param name="Assigned">Cases that reached an agent's hands for the first time.</param>
/// <param name="TmeSeconds">Average wait (tiempo medio de espera): entry into the first queue until first assigned; 0 where there are none.</param>
/// <param name="TmoSeconds">Average handling time (tiempo medio de operación): first assigned until closed; 0 where there are none.</param>
/// <param name="ServiceLevel">Share of cases assigned or abandoned that were assigned within the queue's service-level time; 1 where there are none.</param>
[GenerateSerializer, Immutable, Alias("QueueNumbers")]
public sealed record QueueNumbers(
    [property: Id(0)] string Queue,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int Offered,
    [property: Id(3)] int InHands,
    [property: Id(4)] double LongestWaitSeconds,
    [property: Id(5)] long Arrived,
    [property: Id(6)] long Assigned,
    [property: Id(7)] long Answered,
    [property: Id(8)] long Closed,
    [property: Id(9)] long Abandoned,
    [property: Id(10)] double TmeSeconds,
    [property: Id(11)] double TmoSeconds,
    [property: Id(12)] double ServiceLevel);

/// <param name="Agents">Signed-in agents; for "offline", configured agents who are not signed in.</param>
[GenerateSerializer, Immutable, Alias("ActivityCount")]
public sealed record ActivityCount([property: Id(0)] string Activity, [property: Id(1)] bool Available, [property: Id(2)] int Agents);

/// <summary>A routing decision, with its reason.</summary>
/// <param name="What"><c>offered</c>, <c>assigned</c>, <c>declined</c>, <c>rang out</c>, <c>queued</c> …</param>
[GenerateSerializer, Immutable, Alias("RoutingDecision")]
public sealed record RoutingDecision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string What,
    [property: Id(2)] string CaseId,
    [property: Id(3)] string Queue,
    [property: Id(4)] string? AgentId,
    [property: Id(5)] string? Reason);
