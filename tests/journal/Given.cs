using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Journal.Tests;

/// <summary>Small things that tests are made of.</summary>
internal static class Given
{
    internal const string Workspace = "acme";

    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    internal static StreamId Case(string id, string workspace = Workspace) => new(StreamKind.Case, workspace, id);

    internal static StreamId Agent(string id, string workspace = Workspace) => new(StreamKind.Agent, workspace, id);

    internal static NoteAdded Note(string text) => new() { At = Start, By = "agent:ana", CommandId = $"command-{text}", Text = text };

    internal static StreamAppend Notes(StreamId stream, long expected, params string[] texts) =>
        new(stream, expected, [.. texts.Select(Note)]);

    internal static Append Append(StreamAppend stream, params ImmutableArray<ReadModelChange> changes) => new(stream, changes);

    internal static Append Only(params ImmutableArray<ReadModelChange> changes) => new([], changes, []);

    internal static Append Configured(string workspace) => Append(new StreamAppend(
        new StreamId(StreamKind.Workspace, workspace, "configuration"), 0, [new WorkspaceConfigured { At = Start, Configuration = new WorkspaceConfiguration() }]));

    internal static CaseState Queued(string queue = "support", string customer = "ana") =>
        new() { Version = 1, Status = CaseStatus.Queued, Queue = queue, CustomerId = customer, CreatedAt = Start };

    internal static CaseState Offered(CaseState state, params string[] agents) => state with
    {
        Status = CaseStatus.Offered,
        Offers = [.. agents.Select(agent => new Offer($"offer-{agent}", agent, 1, Start, Start.AddSeconds(20)))],
    };

    internal static CaseState Held(CaseState state, string agent) =>
        state with { Status = CaseStatus.Assigned, Offers = [], Holder = agent };

    internal static CaseState Closed(CaseState state) => state with { Status = CaseStatus.Closed, Offers = [], Holder = null };

    internal static ReadModelChange.PutCase Put(string caseId, CaseState state, string workspace = Workspace) =>
        new(CaseRow.Of(workspace, caseId, state));

    internal static ReadModelChange.PutAgent PutAgent(string agentId, AgentState state) => new(new AgentRow(Workspace, agentId, state));

    internal static DeadlineRow Deadline(string caseId, int seconds, DeadlineKind kind = DeadlineKind.WakeUp, string key = "") =>
        new(new DeadlineOwner(DeadlineOwnerKind.Case, Workspace, caseId), kind, key, Start.AddSeconds(seconds));

    internal static ReadModelChange.PutDeadline PutDeadline(DeadlineRow row) => new(row);

    internal static ReadModelChange.RemoveDeadline Remove(DeadlineRow row) => new(row.Owner, row.Kind, row.Key, row.DueAt);
}
