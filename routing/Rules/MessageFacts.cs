using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Rules;

/// <summary>What rules decide on: the message that opened a case, and what is known of its author.</summary>
public sealed record MessageFacts
{
    public required string Channel { get; init; }
    public required string Account { get; init; }
    public Surface Surface { get; init; }
    public string Text { get; init; } = "";

    /// <summary>The author's name, as the network shows it.</summary>
    public string? Author { get; init; }

    /// <summary>The customer's id.</summary>
    public string? Customer { get; init; }

    /// <summary>IETF tag.</summary>
    public string? Language { get; init; }
    public string? Audience { get; init; }
    public string? Purpose { get; init; }

    /// <summary>How many people follow the author.</summary>
    public int Reach { get; init; }

    /// <summary>Whatever else the integrator says.</summary>
    public ImmutableDictionary<string, string> Attributes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The facts of a case, with the text of the message that opened it.</summary>
    public static MessageFacts Of(CaseState state, string text) => new()
    {
        Channel = state.Channel,
        Account = state.Account,
        Surface = state.Surface,
        Text = text,
        Author = state.CustomerName,
        Customer = state.CustomerId,
        Language = state.Profile?.Language,
        Audience = state.Profile?.Audience,
        Purpose = state.Profile?.Purpose,
        Reach = state.Profile?.Reach ?? 0,
        Attributes = state.Profile?.Attributes ?? ImmutableDictionary<string, string>.Empty,
    };
}

/// <summary>Where the rules send a case, and what they demand.</summary>
/// <param name="Rule">The rule that won; null: none did, and the case goes to the default queue.</param>
/// <param name="Queue">Empty in a workspace without queues.</param>
/// <param name="Credit">Waiting time that the case is given at the outset: its virtual start lies that far before its arrival.</param>
public sealed record Classification(string? Rule, string Queue, Requirements Needs, int Class, double Boost, TimeSpan Credit);
