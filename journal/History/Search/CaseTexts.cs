using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What is written in a case: messages, answers and notes.</summary>
internal static class CaseTexts
{
    /// <summary>What is searched of a case, in characters: what comes later is not found. Stores have limits of their own, and nobody converses for so long.</summary>
    private const int Longest = 200_000;

    internal static string? Of(DomainEvent happened) => happened switch
    {
        MessageReceived e => e.Text,
        CaseAnswered e => e.Text,
        AutomaticAnswerSent e => e.Text,
        NoteAdded e => e.Text,
        CaseWaiting e => e.Note,
        CaseEscalated e => e.Note,
        _ => null,
    };

    /// <summary>The words of a case after one more event.</summary>
    internal static string Add(string words, DomainEvent happened)
    {
        if (happened is CaseCustomerErased) return "";
        if (Of(happened) is not { Length: > 0 } text || words.Length >= Longest) return words;
        var more = string.Join(' ', Words.In(text));
        if (more.Length > Longest - words.Length) more = more[..(Longest - words.Length)];
        return words.Length == 0 ? more : more.Length == 0 ? words : $"{words} {Words.Border} {more}";
    }

    /// <summary>The words of who wrote: the network's id of them, and their name. None where they were erased.</summary>
    internal static string Author(CaseState state)
    {
        if (state.ErasedAt is not null) return "";
        var handle = state.CustomerId[(state.CustomerId.IndexOf(':') + 1)..];
        return string.Join(' ', Words.In($"{handle} {state.CustomerName}").Distinct());
    }
}
