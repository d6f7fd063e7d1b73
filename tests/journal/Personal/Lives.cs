using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Personal;

/// <summary>Customers whose cases are opened, answered and closed, as the grains write them.</summary>
internal sealed class Lives(IJournal journal)
{
    internal const string Author = "ximena.quiroga.7731";
    internal const string Customer = $"chat:{Author}";
    internal const string Name = "Ximena Quiroga Ñandutí";
    internal const string Thread = "thread-of-ximena-4711";
    internal const string Text = "Mi vuelo a Asunción se canceló y nadie contesta";
    internal const string Answer = "Lamentamos lo de Asunción, Ximena";
    internal const string Note = "Ximena llamó dos veces, está embarazada";
    internal const string Plan = "esperamos a la hija de Ximena";
    internal const string Attribute = "passport-XQ99887";

    /// <summary>Nothing of this may be found after an erasure.</summary>
    internal static ImmutableArray<string> Personal { get; } =
        [Author, Name, Thread, Text, Answer, Note, Plan, Attribute, "message-of-ximena", "reply-to-ximena", "Ximena", "ximena", "Asunci"];

    internal static StreamId StreamOf(string customer) => new(StreamKind.Customer, Given.Workspace, customer);

    /// <summary>A customer's case from its opening to its closing; in the middle it waits.</summary>
    internal async Task<CaseState> Live(string customer, int number, string queue = "support", Rating rating = Rating.Negative, bool close = true)
    {
        var caseId = CaseIds.For(Given.Workspace, customer, number);
        var known = (await journal.ReadStream(StreamOf(customer))).Count;
        CustomerCaseOpened own = new() { At = Given.Start, Thread = Thread, CaseId = caseId };
        ImmutableArray<DomainEvent> customerEvents = known > 0 ? [own] : [new CustomerAppeared { At = Given.Start, Channel = "chat", Author = customer[5..], Name = Name }, own];
        var state = await Write(CaseState.None, caseId, [Opening(customer), Message($"message-of-{customer[5..]}-{number}"), Queued(queue)],
            new StreamAppend(StreamOf(customer), known, customerEvents), new Claim($"message/{customer[5..]}-{number}", $"{caseId} mark"));
        state = await Write(state, caseId, [new CaseAssigned { At = Given.Start.AddMinutes(1), AgentId = "ana", Units = 1 }]);
        state = await Write(state, caseId, [new CaseAnswered { At = Given.Start.AddMinutes(2), AgentId = "ana", Account = "air", ReplyId = $"reply-to-ximena-{number}", CommandId = $"reply-to-ximena-{number}", Text = Answer }]);
        state = await Write(state, caseId, [new NoteAdded { At = Given.Start.AddMinutes(3), By = "agent:ana", CommandId = "note-1", Text = Note }]);
        state = await Write(state, caseId, [new CaseWaiting { At = Given.Start.AddMinutes(4), For = WaitingFor.Customer, Until = Given.Start.AddDays(1), KeepsCapacity = true, Note = Plan }]);
        return close ? await Write(state, caseId, [new CaseClosed { At = Given.Start.AddMinutes(5), Kind = CloseKind.Handled, Rating = rating, Reason = "solved", ReopenUntil = Given.Start.AddDays(2) }]) : state;
    }

    /// <summary>What an erasure of a customer writes: every one of their cases, closed, and their own stream.</summary>
    internal async Task<Append> Erasing(string customer)
    {
        var own = await journal.ReadStream(StreamOf(customer));
        var pseudonym = $"erased:{own[0].Position}";
        var streams = ImmutableArray.CreateBuilder<StreamAppend>();
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        streams.Add(new StreamAppend(StreamOf(customer), own.Count, [new CustomerErased { At = Given.Start.AddDays(9), Pseudonym = pseudonym }]));
        var claims = ImmutableArray.CreateBuilder<Claim>();
        foreach (var opened in own.Select(recorded => recorded.Event).OfType<CustomerCaseOpened>())
        {
            var events = await journal.ReadStream(Given.Case(opened.CaseId));
            var before = events.Aggregate(CaseState.None, (state, recorded) => CaseFold.Evolve(state, recorded.Event));
            var erased = new CaseCustomerErased { At = Given.Start.AddDays(9), Pseudonym = pseudonym };
            streams.Add(new StreamAppend(Given.Case(opened.CaseId), before.Version, [erased]));
            JournalWrites.AddCase(changes, Given.Workspace, opened.CaseId, before, CaseFold.Evolve(before, erased));
            foreach (var message in events.Select(recorded => recorded.Event).OfType<MessageReceived>())
                claims.Add(new Claim(message.MessageId.Replace("message-of-", "message/", StringComparison.Ordinal), $"{opened.CaseId} forgotten"));
        }
        return new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), []) { Erasure = new Erasure(StreamOf(customer), pseudonym, claims.DrainToImmutable()) };
    }

    internal async Task<CaseState> Write(CaseState before, string caseId, ImmutableArray<DomainEvent> events, StreamAppend? customer = null, params ImmutableArray<Claim> claims)
    {
        var after = CaseFold.Evolve(before, events);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddCase(changes, Given.Workspace, caseId, before, after);
        ImmutableArray<StreamAppend> streams = [new StreamAppend(Given.Case(caseId), before.Version, events)];
        Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(customer is null ? streams : streams.Add(customer), changes.DrainToImmutable(), claims)));
        return after;
    }

    internal static CaseOpened Opening(string customer) => new()
    {
        At = Given.Start, CustomerId = customer, CustomerName = Name, Channel = "chat", Account = "air", Thread = Thread,
        Profile = new CaseProfile("es", "customer", "complaint", 4711, ImmutableDictionary<string, string>.Empty.Add("passport", Attribute)),
    };

    private static MessageReceived Message(string id) => new() { At = Given.Start, MessageId = id, Text = Text, SentAt = Given.Start };

    private static CaseQueued Queued(string queue) =>
        new() { At = Given.Start, Queue = queue, Because = QueuedBecause.New, VirtualStart = Given.Start, Needs = Requirements.None };
}
