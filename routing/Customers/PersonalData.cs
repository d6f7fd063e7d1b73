using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Customers;

/// <summary>What one event says of a customer's person: it is sealed when it is stored, and gone when the customer is erased. What statistics
/// need is no part of it, nor is who of the staff did what.</summary>
public sealed record PersonalData
{
    public string? Customer { get; init; }
    public string? Name { get; init; }
    public string? Thread { get; init; }

    /// <summary>The id that the network or its integration gave: an author's, a message's, or an answer's.</summary>
    public string? Id { get; init; }

    /// <summary>What was said, also in notes.</summary>
    public string? Text { get; init; }
    public string? CommandId { get; init; }
    public int Reach { get; init; }
    public ImmutableDictionary<string, string> Attributes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether an event says anything of a customer's person.</summary>
    public static bool IsIn(DomainEvent happened) => happened is
        CaseOpened or MessageReceived or CaseAnswered or NoteAdded or AutomaticAnswerSent or CaseWaiting { Note: not null } or CaseEscalated { Note: not null }
        or CustomerAppeared or CustomerCaseOpened;

    /// <summary>What an event says of a customer's person; null: nothing.</summary>
    public static PersonalData? Of(DomainEvent happened) => happened switch
    {
        CaseOpened e => new PersonalData
        {
            Customer = e.CustomerId, Name = e.CustomerName, Thread = e.Thread, CommandId = e.CommandId, Reach = e.Profile.Reach, Attributes = e.Profile.Attributes,
        },
        MessageReceived e => new PersonalData { Id = e.MessageId, Text = e.Text, CommandId = e.CommandId },
        CaseAnswered e => new PersonalData { Id = e.ReplyId, Text = e.Text, CommandId = e.CommandId },
        NoteAdded e => new PersonalData { Text = e.Text, CommandId = e.CommandId },
        AutomaticAnswerSent e => new PersonalData { Text = e.Text, CommandId = e.CommandId },
        CaseWaiting { Note: not null } e => new PersonalData { Text = e.Note, CommandId = e.CommandId },
        CaseEscalated { Note: not null } e => new PersonalData { Text = e.Note, CommandId = e.CommandId },
        CustomerAppeared e => new PersonalData { Id = e.Author, Name = e.Name, CommandId = e.CommandId },
        CustomerCaseOpened e => new PersonalData { Thread = e.Thread, CommandId = e.CommandId },
        _ => null,
    };

    /// <summary>An event without it.</summary>
    /// <param name="customer">What the customer is called instead of their id.</param>
    public static DomainEvent Remove(DomainEvent happened, string customer) => happened switch
    {
        CaseOpened e => e with { CustomerId = customer, CustomerName = null, Thread = "", CommandId = null, Profile = e.Profile.WithoutPersonalData() },
        MessageReceived e => e with { MessageId = "", Text = "", CommandId = null },
        CaseAnswered e => e with { ReplyId = "", Text = "", CommandId = null },
        NoteAdded e => e with { Text = "", CommandId = null },
        AutomaticAnswerSent e => e with { Text = "", CommandId = null },
        CaseWaiting { Note: not null } e => e with { Note = null, CommandId = null },
        CaseEscalated { Note: not null } e => e with { Note = null, CommandId = null },
        CustomerAppeared e => e with { Author = "", Name = null, CommandId = null },
        CustomerCaseOpened e => e with { Thread = "", CommandId = null },
        _ => happened,
    };

    /// <summary>The event that it was taken from, as it was.</summary>
    public DomainEvent PutInto(DomainEvent happened) => happened switch
    {
        CaseOpened e => e with
        {
            CustomerId = Customer ?? "", CustomerName = Name, Thread = Thread ?? "", CommandId = CommandId, Profile = e.Profile with { Reach = Reach, Attributes = Attributes },
        },
        MessageReceived e => e with { MessageId = Id ?? "", Text = Text ?? "", CommandId = CommandId },
        CaseAnswered e => e with { ReplyId = Id ?? "", Text = Text ?? "", CommandId = CommandId },
        NoteAdded e => e with { Text = Text ?? "", CommandId = CommandId },
        AutomaticAnswerSent e => e with { Text = Text ?? "", CommandId = CommandId },
        CaseWaiting e => e with { Note = Text, CommandId = CommandId },
        CaseEscalated e => e with { Note = Text, CommandId = CommandId },
        CustomerAppeared e => e with { Author = Id ?? "", Name = Name, CommandId = CommandId },
        CustomerCaseOpened e => e with { Thread = Thread ?? "", CommandId = CommandId },
        _ => happened,
    };
}
