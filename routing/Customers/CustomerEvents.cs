using System.Collections.Immutable;

namespace RoutingGrid.Routing.Customers;

/// <summary>A customer wrote for the first time.</summary>
public sealed record CustomerAppeared : DomainEvent
{
    public required string Channel { get; init; }

    /// <summary>The network's id of the author.</summary>
    public required string Author { get; init; }
    public string? Name { get; init; }
}

/// <summary>A case was opened in one of the customer's threads. Written together with the case's own first events.</summary>
public sealed record CustomerCaseOpened : DomainEvent
{
    public required string Thread { get; init; }
    public required string CaseId { get; init; }

    /// <summary>The number that the case's id was made from, where it is not the next one: those before are of a life that was erased.</summary>
    public int Number { get; init; }
}

/// <summary>The customer's personal data was destroyed. If they write again they are somebody new.</summary>
public sealed record CustomerErased : DomainEvent
{
    /// <summary>What the customer is called from now on, in all of their cases: <c>erased:…</c>.</summary>
    public required string Pseudonym { get; init; }
}

/// <summary>A customer, folded from their events.</summary>
public sealed record CustomerState
{
    public static CustomerState None { get; } = new();

    public long Version { get; init; }
    public string Channel { get; init; } = "";
    public string Author { get; init; } = "";
    public string? Name { get; init; }

    /// <summary>How many cases there were.</summary>
    public int Cases { get; init; }

    /// <summary>The highest number that a case's id was made from; the next one's is one more.</summary>
    public int LastNumber { get; init; }

    /// <summary>Thread → its newest case, open or closed.</summary>
    public ImmutableDictionary<string, string> Threads { get; init; } = ImmutableDictionary<string, string>.Empty;
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The next state.</summary>
    public CustomerState Evolve(DomainEvent happened) => happened switch
    {
        CustomerAppeared e => this with { Version = Version + 1, Channel = e.Channel, Author = e.Author, Name = e.Name },
        CustomerCaseOpened e => this with
        {
            Version = Version + 1, Cases = Cases + 1, LastNumber = Math.Max(LastNumber + 1, e.Number), Threads = Threads.SetItem(e.Thread, e.CaseId),
        },
        CustomerErased e => this with { Version = Version + 1, Author = "", Name = null, Threads = Threads.Clear(), ErasedAt = e.At },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not an event of a customer.", nameof(happened)),
    };
}
