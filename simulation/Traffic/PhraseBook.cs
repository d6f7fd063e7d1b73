namespace RoutingGrid.Simulation.Traffic;

/// <summary>What customers say in one language. Words in braces are filled in: {city}, {to}, {flight}, {code}, {day}, {hours}, {euros}.</summary>
internal sealed record PhraseBook
{
    /// <summary>Why and what about → ways to say it.</summary>
    public required Dictionary<(string Purpose, Topic Topic), string[]> Bodies { get; init; }

    /// <summary>While everybody talks about it.</summary>
    public required Dictionary<Topic, string[]> Crisis { get; init; }

    /// <summary>How a chat begins.</summary>
    public required string[] Greetings { get; init; }
    public required string[] MailGreetings { get; init; }
    public required string[] MailClosings { get; init; }

    /// <summary>What may follow a question, a complaint, praise and a wish to buy.</summary>
    public required Dictionary<string, string[]> Tails { get; init; }

    /// <summary>What somebody adds a little later.</summary>
    public required string[] Details { get; init; }

    /// <summary>What somebody writes who waits.</summary>
    public required string[] Nudges { get; init; }
    public required string[] Days { get; init; }

    public static PhraseBook Of(string language) => language == "es" ? SpanishPhrases.Book : EnglishPhrases.Book;
}
