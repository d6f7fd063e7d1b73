using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Following;

/// <summary>Makes steps of events: knows the states of cases and agents that were met lately, and reads the streams of others.</summary>
internal sealed class StepFold(IJournal journal, int remembered)
{
    private readonly Generations<StreamId, Known> _cases = new(remembered);
    private readonly Generations<StreamId, AgentState> _agents = new(remembered);

    internal ValueTask<HistoryStep> Step(RecordedEvent recorded, CancellationToken cancel) => recorded.Stream.Kind switch
    {
        StreamKind.Case => Case(recorded, cancel),
        StreamKind.Agent => Agent(recorded, cancel),
        _ => new(new HistoryStep(recorded)),
    };

    /// <summary>Forgets all: a batch was not written, so what is remembered is ahead of the tables.</summary>
    internal void Clear()
    {
        _cases.Clear();
        _agents.Clear();
    }

    private async ValueTask<HistoryStep> Case(RecordedEvent recorded, CancellationToken cancel)
    {
        var before = recorded.Version == 1 ? Known.Nothing : _cases.Find(recorded.Stream);
        if (before is null || before.State.Version != recorded.Version - 1)
        {
            before = Known.Nothing;
            foreach (var earlier in await Before(recorded, cancel)) before = before.And(earlier.Event);
        }
        var after = before.And(recorded.Event);
        _cases.Put(recorded.Stream, after);
        return new CaseStep(recorded, before.State, after.State, after.Words);
    }

    private async ValueTask<HistoryStep> Agent(RecordedEvent recorded, CancellationToken cancel)
    {
        var before = recorded.Version == 1 ? AgentState.None : _agents.Find(recorded.Stream);
        if (before is null || before.Version != recorded.Version - 1)
        {
            before = AgentState.None;
            foreach (var earlier in await Before(recorded, cancel)) before = AgentFold.Evolve(before, earlier.Event);
        }
        var after = AgentFold.Evolve(before, recorded.Event);
        _agents.Put(recorded.Stream, after);
        return new AgentStep(recorded, before, after);
    }

    private async ValueTask<IEnumerable<RecordedEvent>> Before(RecordedEvent recorded, CancellationToken cancel) =>
        (await journal.ReadStream(recorded.Stream, 0, cancel)).TakeWhile(earlier => earlier.Version < recorded.Version);

    private sealed record Known(CaseState State, string Words)
    {
        internal static Known Nothing { get; } = new(CaseState.None, "");

        internal Known And(DomainEvent happened) => new(CaseFold.Evolve(State, happened), CaseTexts.Add(Words, happened));
    }
}
