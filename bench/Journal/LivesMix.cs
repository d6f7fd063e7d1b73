using System.Collections.Immutable;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Bench.Journal;

/// <summary>Case lives as the grains write them: message in, offered, accepted, answered, closed, with rows and deadlines.</summary>
internal sealed class LivesMix(int writer) : IMix
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseProfile Profile =
        new("es", "customer", "complaint", 12, ImmutableDictionary<string, string>.Empty.Add("plan", "gold"));
    private static readonly Requirements Needs = new([new SkillLevel("billing", 2)], "es");

    private readonly StreamId _agent = new(StreamKind.Agent, "acme", $"agent-{writer}");
    private long _agentVersion;
    private int _life = -1;
    private int _step;
    private DateTimeOffset _at = Start;
    private DateTimeOffset _expiresAt;
    private StreamId _case;
    private string _offer = "";
    private CaseState _state = CaseState.None;

    public bool EndsLife => _step == 0;

    public Append Next()
    {
        _at = _at.AddSeconds(1);
        var append = _step switch
        {
            0 => Open(),
            1 => Offer(),
            2 => Accept(),
            3 => Answer(),
            _ => Close(),
        };
        _step = (_step + 1) % 5;
        return append;
    }

    private Append Open()
    {
        _life++;
        _case = new StreamId(StreamKind.Case, "acme", $"whatsapp-34{writer:0000}{_life:00000}-1");
        _state = CaseState.None;
        var customer = $"whatsapp/34{writer:0000}{_life:00000}";
        var command = $"wamid.{writer}.{_life}";
        var events = Case(
            new CaseOpened
            {
                At = _at, By = "key:whatsapp", CommandId = command, CustomerId = customer, CustomerName = "Ana López", Channel = "whatsapp",
                Account = "acme-support", Thread = customer, Profile = Profile,
            },
            new MessageReceived { At = _at, By = "key:whatsapp", CommandId = command, MessageId = command, Text = "My order has not arrived.", SentAt = _at },
            new CaseQueued
            {
                At = _at, By = "key:whatsapp", CommandId = command, Queue = "support", Because = QueuedBecause.New, Rule = "complaints", VirtualStart = _at,
                Needs = Needs, Class = 3, FirstAnswerDue = _at.AddMinutes(5),
            });
        var opened = new CustomerCaseOpened { At = _at, By = "key:whatsapp", CommandId = command, Thread = customer, CaseId = _case.Id };
        return new Append(
            [events, new StreamAppend(new StreamId(StreamKind.Customer, "acme", customer), 0, [opened])],
            [Row(), Due(DeadlineKind.FirstAnswer, "", 300)],
            [new Claim($"acme/message/{command}", _case.Id)]);
    }

    private Append Offer()
    {
        (_offer, _expiresAt) = ($"offer-{writer}-{_life}", _at.AddSeconds(20));
        var offered = new CaseOffered
        {
            At = _at, OfferId = _offer, AgentId = _agent.Id, Units = 1, ExpiresAt = _expiresAt, Reason = "least loaded of 4",
        };
        var reserved = new CapacityReserved { At = _at, CaseId = _case.Id };
        var owner = new DeadlineOwner(DeadlineOwnerKind.Agent, "acme", _agent.Id);
        return new Append(
            [Case(offered), new StreamAppend(_agent, _agentVersion++, [reserved])],
            [Row(), new ReadModelChange.PutDeadline(new DeadlineRow(owner, DeadlineKind.OfferExpires, $"{_case.Id}/{_offer}", _expiresAt))],
            []);
    }

    private Append Accept()
    {
        var by = $"agent:{_agent.Id}";
        var assigned = new CaseAssigned { At = _at, By = by, CommandId = $"accept-{_offer}", AgentId = _agent.Id, OfferId = _offer, Units = 1 };
        var owner = new DeadlineOwner(DeadlineOwnerKind.Agent, "acme", _agent.Id);
        return new Append(Case(assigned), [Row(), new ReadModelChange.RemoveDeadline(owner, DeadlineKind.OfferExpires, $"{_case.Id}/{_offer}", _expiresAt)]);
    }

    private Append Answer()
    {
        var answered = new CaseAnswered
        {
            At = _at, By = $"agent:{_agent.Id}", CommandId = $"answer-{_offer}", ReplyId = $"reply-{writer}-{_life}", AgentId = _agent.Id,
            Account = "acme-support", Text = "I am sorry. It is on its way and arrives tomorrow before noon.",
        };
        var silent = new CaseWaiting { At = _at, By = $"agent:{_agent.Id}", For = WaitingFor.Customer, Until = _at.AddHours(24), KeepsCapacity = true };
        return new Append(Case(answered, silent), [Row(), Done(DeadlineKind.FirstAnswer), Due(DeadlineKind.WakeUp, "", 24 * 3600)]);
    }

    private Append Close()
    {
        var closed = new CaseClosed
        {
            At = _at, By = $"agent:{_agent.Id}", CommandId = $"close-{_offer}", Kind = CloseKind.Handled, Rating = Rating.Positive, Reason = "delivery",
            ReopenUntil = _at.AddHours(24),
        };
        return new Append(Case(closed), [Row(), Done(DeadlineKind.WakeUp)]);
    }

    private StreamAppend Case(params ImmutableArray<DomainEvent> events)
    {
        var expected = _state.Version;
        _state = CaseFold.Evolve(_state, events);
        return new StreamAppend(_case, expected, events);
    }

    private ReadModelChange.PutCase Row() => new(CaseRow.Of("acme", _case.Id, _state));

    private DeadlineOwner Owner => new(DeadlineOwnerKind.Case, "acme", _case.Id);

    private ReadModelChange.PutDeadline Due(DeadlineKind kind, string key, int seconds) =>
        new(new DeadlineRow(Owner, kind, key, _at.AddSeconds(seconds)));

    private ReadModelChange.RemoveDeadline Done(DeadlineKind kind) => new(Owner, kind, "");
}
