using System.Collections.Immutable;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Archive;

/// <summary>Customers whose cases come and go, an hour per change, in one or several journals alike.</summary>
internal sealed class SmallCenter(params IJournal[] journals)
{
    private static readonly CaseProfile NoProfile = new(null, null, null, 0, ImmutableDictionary<string, string>.Empty);
    private readonly Dictionary<string, CaseState> _cases = [];
    private readonly Dictionary<string, CustomerState> _customers = [];

    internal DateTimeOffset Now { get; private set; } = Given.Start;

    internal IReadOnlyDictionary<string, CaseState> Cases => _cases;

    internal async Task<string> Open(string customer)
    {
        Now = Now.AddHours(1);
        var before = _customers.GetValueOrDefault(customer, CustomerState.None);
        var caseId = $"{customer}-{before.Cases + 1}";
        ImmutableArray<DomainEvent> opened = [new CustomerCaseOpened { At = Now, Thread = "t", CaseId = caseId }];
        if (before.Version == 0) opened = [new CustomerAppeared { At = Now, Channel = "chat", Author = customer, Name = "Zoë " + customer }, .. opened];
        await Write(caseId,
            [
                new CaseOpened { At = Now, CustomerId = customer, Channel = "chat", Account = "brand", Thread = "t", Profile = NoProfile },
                new MessageReceived { At = Now, MessageId = $"m-{caseId}", Text = "¿Hola? \"quoted\"\nand a second line", SentAt = Now },
                new CaseQueued { At = Now, Queue = $"q{_cases.Count % 2}", Because = QueuedBecause.New, VirtualStart = Now, Needs = Requirements.None },
            ],
            new StreamAppend(new StreamId(StreamKind.Customer, Given.Workspace, customer), before.Version, opened));
        _customers[customer] = opened.Aggregate(before, static (state, happened) => state.Evolve(happened));
        return caseId;
    }

    internal Task Close(string caseId, TimeSpan? reopen = null)
    {
        Now = Now.AddHours(1);
        return Write(caseId, [new CaseClosed { At = Now, Kind = CloseKind.Handled, ReopenUntil = reopen is { } time ? Now + time : null }]);
    }

    internal Task Note(string caseId, string text = "a note")
    {
        Now = Now.AddHours(1);
        return Write(caseId, [new NoteAdded { At = Now, By = "agent:ana", Text = text }]);
    }

    /// <summary>A person takes a closed case up again.</summary>
    internal Task Reopen(string caseId)
    {
        Now = Now.AddHours(1);
        return Write(caseId, [new CaseAssigned { At = Now, AgentId = "ana", Units = 1 }]);
    }

    /// <summary>A case that was opened and closed.</summary>
    internal async Task<string> Closed(string customer)
    {
        var caseId = await Open(customer);
        await Close(caseId);
        return caseId;
    }

    internal void Wait(TimeSpan time) => Now += time;

    /// <summary>Everything that was closed before now.</summary>
    internal ArchiveOrder Order(string folder) => new(folder, Now.AddMinutes(1), Now.AddMinutes(1)) { BatchCases = 3 };

    private async Task Write(string caseId, ImmutableArray<DomainEvent> events, StreamAppend? customer = null)
    {
        var before = _cases.GetValueOrDefault(caseId, CaseState.None);
        var after = CaseFold.Evolve(before, events);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddCase(changes, Given.Workspace, caseId, before, after);
        var stream = new StreamAppend(Given.Case(caseId), before.Version, events);
        var append = new Append(customer is null ? [stream] : [stream, customer], changes.DrainToImmutable(), []);
        foreach (var journal in journals) Assert.IsType<AppendResult.Committed>(await journal.Append(append));
        _cases[caseId] = after;
    }
}
