using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.GrainInterfaces.Cases;

/// <summary>One identity of a customer on one channel. It alone says which case a message belongs to. Key: <c>workspace/channel:author</c>.</summary>
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Brings a message into the customer's open case of its thread, or opens one. Answers after it is durable.
    /// The same message id again gets the first answer again, marked as a duplicate.</summary>
    Task<ReceiveResult> Receive(IncomingMessage message);

    /// <summary>Destroys the customer's personal data, in all of their cases, for ever. Refused while one of them is open.
    /// The same command again gets the first answer again.</summary>
    Task<EraseResult> Erase(CommandContext context);

    /// <summary>From the customer's case: it was closed, so that they need not be remembered until they write again.</summary>
    [OneWay]
    Task CaseClosed();

    /// <summary>The customer as they are known.</summary>
    Task<CustomerState> Get();
}

/// <summary>A message as a channel delivers it, normalised.</summary>
[GenerateSerializer, Immutable, Alias("IncomingMessage")]
public sealed record IncomingMessage
{
    /// <summary>The network's id of the message, unique in its channel and account.</summary>
    [Id(0)] public required string MessageId { get; init; }
    [Id(1)] public required string Channel { get; init; }

    /// <summary>The brand's account that the customer wrote to.</summary>
    [Id(2)] public required string Account { get; init; }

    /// <summary>The network's id of the author.</summary>
    [Id(3)] public required string Author { get; init; }
    [Id(4)] public string? AuthorName { get; init; }

    /// <summary>The network's conversation; null: the author's private conversation with the account.</summary>
    [Id(5)] public string? Thread { get; init; }
    [Id(6)] public required string Text { get; init; }
    [Id(7)] public DateTimeOffset? SentAt { get; init; }
    [Id(8)] public Surface Surface { get; init; }
    [Id(9)] public string? Language { get; init; }
    [Id(10)] public string? Audience { get; init; }
    [Id(11)] public string? Purpose { get; init; }

    /// <summary>How many people follow the author.</summary>
    [Id(12)] public int Reach { get; init; }
    [Id(13)] public ImmutableDictionary<string, string> Attributes { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>What became of a message.</summary>
/// <param name="CaseId">The case that it is in; empty when refused.</param>
/// <param name="Opened">It opened the case.</param>
/// <param name="Duplicate">It had been received before; nothing was changed.</param>
[GenerateSerializer, Immutable, Alias("ReceiveResult")]
public sealed record ReceiveResult(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] string CaseId, [property: Id(2)] bool Opened, [property: Id(3)] bool Duplicate, [property: Id(4)] long Version);

/// <summary>How an erasure ended.</summary>
/// <param name="Pseudonym">What the customer is called from now on; empty when refused.</param>
/// <param name="Cases">The cases that nothing personal is left in.</param>
[GenerateSerializer, Immutable, Alias("EraseResult")]
public sealed record EraseResult(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] string Pseudonym, [property: Id(2)] ImmutableArray<string> Cases);
