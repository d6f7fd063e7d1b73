using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>What people were told, to be held against what the journal has: what was acknowledged is there, and nothing is there twice.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, string> _messages = [];
    private readonly HashSet<string> _new = [];
    private readonly List<(string CommandId, string CaseId, Type Event)> _commands = [];
    private readonly HashSet<string> _erased = [];
    private readonly List<string> _cases = [];

    public int Messages => _messages.Count;

    /// <summary>Cases of customers who were erased.</summary>
    public int ErasedCases => _erased.Count;

    /// <summary>Cases that went to files, each as often as it did.</summary>
    public int ArchivedCases { get; private set; }

    public static string TextOf(string messageId) => $"text of {messageId}";

    public static string NoteOn(string caseId) => $"note on {caseId}";

    /// <summary>A case that somebody was told of; null: there is none yet.</summary>
    public string? AnyCase(SeededRandom random) => _cases.Count == 0 ? null : _cases[random.Below(_cases.Count)];

    /// <summary>A message is new once, and in the same case whoever asks.</summary>
    public void Acknowledged(IncomingMessage message, ReceiveResult result)
    {
        if (!result.Duplicate && !_new.Add(message.MessageId)) throw new BrokenPromiseException($"Message {message.MessageId} was new twice.");
        if (_messages.GetValueOrDefault(message.MessageId, result.CaseId) is var known && known != result.CaseId)
            throw new BrokenPromiseException($"Message {message.MessageId} is in case {result.CaseId}, and was said to be in {known}.");
        _messages[message.MessageId] = result.CaseId;
        _cases.Add(result.CaseId);
    }

    /// <summary>A command of a kind that always writes was carried out.</summary>
    public void Acknowledged<TEvent>(string commandId, string caseId) where TEvent : DomainEvent => _commands.Add((commandId, caseId, typeof(TEvent)));

    /// <summary>Nothing personal is left in these.</summary>
    public void Erased(IEnumerable<string> cases) => _erased.UnionWith(cases);

    public void Archived(int cases) => ArchivedCases += cases;

    public IEnumerable<Violation> Check(IReadOnlyList<RecordedEvent> events)
    {
        var caseOf = new Dictionary<string, string>();
        var written = new HashSet<(string CommandId, string Stream, Type Event)>();
        var once = new HashSet<(string CommandId, StreamId Stream, Type Event, string? Session)>();
        foreach (var recorded in events)
        {
            var happened = recorded.Event;
            if (happened is MessageReceived message) caseOf[message.MessageId] = recorded.Stream.Id;
            if (happened.CommandId is not { } id) continue;
            written.Add((id, recorded.Stream.Id, happened.GetType()));
            if (!once.Add((id, recorded.Stream, happened.GetType(), (happened as SessionEnded)?.SessionId)))
                yield return Broken(recorded, $"command {id} was carried out twice on {recorded.Stream.Kind} {recorded.Stream.Id}: {happened.GetType().Name} is there again.");
        }
        foreach (var (messageId, caseId) in _messages.Where(message => !_erased.Contains(message.Value)))
            if (caseOf.GetValueOrDefault(messageId) is var found && found != caseId)
                yield return new Violation(2, 0, default, "world", $"message {messageId} was acknowledged in case {caseId}, and is in {(found is null ? "none" : $"case {found}")}.");
        foreach (var (commandId, caseId, type) in _commands.Where(command => !_erased.Contains(command.CaseId)))
            if (!written.Contains((commandId, caseId, type)))
                yield return new Violation(0, 0, default, "world", $"command {commandId} on case {caseId} was acknowledged, and its {type.Name} is not in the journal.");
        foreach (var broken in new Erasures(_erased, _messages, _commands).Check(events)) yield return broken;
    }

    private static Violation Broken(RecordedEvent recorded, string what) => new(0, recorded.Position, recorded.Event.At, recorded.Stream.Workspace, what);
}

/// <summary>People were told something that cannot be.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
