using System.Text.Json;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>What must be true of the cases of erased customers: nothing personal of them is in the journal, and everything that counts is.</summary>
internal sealed class Erasures(
    IReadOnlySet<string> erased, IReadOnlyDictionary<string, string> messages, IReadOnlyList<(string CommandId, string CaseId, Type Event)> commands)
{
    public IEnumerable<Violation> Check(IReadOnlyList<RecordedEvent> events) => [.. Told(events), .. Counted(events), .. Left(events)];

    /// <summary>Who was said to be erased is, and nobody else.</summary>
    private IEnumerable<Violation> Told(IReadOnlyList<RecordedEvent> events)
    {
        var found = events.Where(recorded => recorded.Event is CaseCustomerErased).Select(recorded => recorded.Stream.Id).ToHashSet();
        foreach (var caseId in erased.Except(found)) yield return Broken($"the customer of case {caseId} was said to be erased, and is not.");
        foreach (var caseId in found.Except(erased)) yield return Broken($"the customer of case {caseId} is erased, and nobody was told.");
    }

    /// <summary>Ids are gone; how many there were is not.</summary>
    private IEnumerable<Violation> Counted(IReadOnlyList<RecordedEvent> events)
    {
        var written = events.CountBy(recorded => (recorded.Stream.Id, recorded.Event.GetType())).ToDictionary();
        foreach (var (caseId, count) in messages.Values.Where(erased.Contains).CountBy(static caseId => caseId))
            if (written.GetValueOrDefault((caseId, typeof(MessageReceived))) is var found && found != count)
                yield return Broken($"{count} messages were acknowledged in case {caseId}, whose customer is erased, and {found} are there.");
        foreach (var ((caseId, type), count) in commands.Where(command => erased.Contains(command.CaseId)).CountBy(command => (command.CaseId, command.Event)))
            if (written.GetValueOrDefault((caseId, type)) is var found && found < count)
                yield return Broken($"{count} commands on case {caseId}, whose customer is erased, were acknowledged, and {found} {type.Name} are there.");
    }

    private IEnumerable<Violation> Left(IReadOnlyList<RecordedEvent> events)
    {
        var gone = messages.Where(message => erased.Contains(message.Value)).SelectMany(message => (string[])[message.Key, Ledger.TextOf(message.Key)]).Concat(erased.Select(Ledger.NoteOn)).ToHashSet();
        if (gone.Count == 0) yield break;
        foreach (var recorded in events)
            foreach (var text in JsonSerializer.Serialize(recorded.Event, recorded.Event.GetType()).Split('"'))
                if (gone.Contains(text)) yield return new Violation(0, recorded.Position, recorded.Event.At, recorded.Stream.Workspace, $"'{text}' is of an erased customer, and is still in {recorded.Stream.Id}.");
    }

    private static Violation Broken(string what) => new(0, 0, default, "world", what);
}
