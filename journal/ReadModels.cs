using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>An agent as the read model keeps it.</summary>
public sealed record AgentRow(string Workspace, string AgentId, AgentState State);

public enum DeadlineOwnerKind { Case, Agent }

/// <summary>Who is called when a deadline is due.</summary>
public readonly record struct DeadlineOwner(DeadlineOwnerKind Kind, string Workspace, string Id);

/// <summary>A promise about time that runs.</summary>
public sealed record DeadlineRow(DeadlineOwner Owner, DeadlineKind Kind, string Key, DateTimeOffset DueAt)
{
    /// <summary>Number of clock shards. Fixed for ever, since rows are stored with theirs.</summary>
    public const int Shards = 16;

    /// <summary>The shard of an owner: FNV-1a of its workspace and id, so that every process and version agrees.</summary>
    public static int ShardOf(DeadlineOwner owner)
    {
        var hash = 2166136261u;
        foreach (var c in owner.Workspace) hash = (hash ^ c) * 16777619u;
        foreach (var c in owner.Id) hash = (hash ^ c) * 16777619u;
        return (int)(hash % Shards);
    }
}

/// <summary>What a list of cases is asked for. Null: any.</summary>
/// <param name="Agent">Who holds it, or has a live offer of it.</param>
public sealed record CaseFilter(CaseStatus? Status = null, string? Queue = null, string? Agent = null, string? Customer = null, bool OpenOnly = false);

/// <summary>A page and where the next one starts; null at the end.</summary>
public sealed record Page<T>(ImmutableArray<T> Items, string? Next);

/// <summary>Reports, lists and starts read these. They change in the same transaction as the events.</summary>
public interface IReadModels
{
    ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default);

    /// <summary>Cases newest first, in pages that stay stable while cases arrive.</summary>
    ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default);

    /// <summary>Cases by id, in the order asked for, without those that are not there.</summary>
    ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default);

    /// <summary>Cases in a queue or with a live offer: what a router rebuilds its memory from. Ordered by case id.</summary>
    ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default);

    /// <summary>Open cases that an agent holds or has a live offer of. Ordered by case id.</summary>
    ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default);

    ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default);
    ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default);

    /// <summary>Deadlines of a shard that are due before a time, soonest first.</summary>
    ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default);

    /// <summary>Open cases by queue and status.</summary>
    ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default);

    /// <summary>Workspaces that have a configuration. Ordered.</summary>
    ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default);

    /// <summary>What was claimed under a key, or null.</summary>
    ValueTask<string?> Claimed(string key, CancellationToken cancel = default);
}

public sealed record QueueCount(string Queue, CaseStatus Status, int Count);

/// <summary>Small documents by collection and key, each with an etag that changes with every write.</summary>
public interface IDocuments
{
    ValueTask<Document?> Get(string collection, string key, CancellationToken cancel = default);

    /// <summary>Writes when the current etag is the expected one (null: no document yet); answers the new etag, or null on a mismatch.</summary>
    ValueTask<string?> Put(string collection, string key, ReadOnlyMemory<byte> body, string? expectedEtag, CancellationToken cancel = default);

    /// <summary>Deletes when the etag matches; false on a mismatch or where there is none.</summary>
    ValueTask<bool> Delete(string collection, string key, string? expectedEtag, CancellationToken cancel = default);

    /// <summary>All of a collection, ordered by key.</summary>
    ValueTask<IReadOnlyList<Document>> List(string collection, CancellationToken cancel = default);
}

public sealed record Document(string Key, string Etag, ReadOnlyMemory<byte> Body);
