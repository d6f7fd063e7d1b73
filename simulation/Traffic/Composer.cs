namespace RoutingGrid.Simulation.Traffic;

/// <summary>Puts a customer's words together, in their language and in the manner of their channel.</summary>
internal sealed class Composer(Random random)
{
    private static readonly string[] Emoji = ["🙏", "😡", "😤", "🤔", "👏", "😊"];

    /// <summary>What opens a conversation: one message, or two from those who greet first and then think.</summary>
    public string[] Opening(Customer customer, string purpose, Topic topic, Crisis? crisis, Slots slots)
    {
        var book = PhraseBook.Of(customer.Language);
        var body = slots.Fill(random.Pick(crisis is null ? book.Bodies[(purpose, topic)] : book.Crisis[topic]));
        var full = random.Chance(0.55) ? $"{body} {random.Pick(book.Tails[purpose])}" : body;
        return customer.Account.Channel switch
        {
            "email" => [Mail(book, customer, slots, full)],
            "mention" => [$"{Handle(customer)} {full}"],
            "comment" => [random.Chance(0.3) ? $"{full} {EmojiFor(purpose)}" : full],
            "chat" or "whatsapp" when random.Chance(0.35) => [random.Pick(book.Greetings), full],
            _ => [random.Chance(0.6) ? Greeted(random.Pick(book.Greetings), full) : full],
        };
    }

    public Slots Particulars(Customer customer, Crisis? crisis) => new(random, customer.Language, crisis?.City);

    public string Detail(Customer customer, Slots slots) => slots.Fill(random.Pick(PhraseBook.Of(customer.Language).Details));

    public string Nudge(Customer customer) => random.Pick(PhraseBook.Of(customer.Language).Nudges);

    private string Mail(PhraseBook book, Customer customer, Slots slots, string text)
    {
        var detail = random.Chance(0.5) ? " " + slots.Fill(random.Pick(book.Details)) : "";
        return $"{random.Pick(book.MailGreetings)}\n\n{text}{detail}\n\n{random.Pick(book.MailClosings)},\n{customer.Name}";
    }

    private static string Greeted(string greeting, string text) => greeting.EndsWith('?') ? $"{greeting} {text}" : $"{greeting}. {text}";

    private static string Handle(Customer customer) => customer.Language == "es" ? "@alisio" : "@alisiohelp";

    private string EmojiFor(string purpose) => purpose switch
    {
        Purposes.Complaint => Emoji[1 + random.Next(2)],
        Purposes.Praise => Emoji[4 + random.Next(2)],
        _ => random.Chance(0.5) ? Emoji[0] : Emoji[3],
    };
}

/// <summary>The particulars of one conversation; the same word in braces is the same thing throughout.</summary>
internal sealed class Slots
{
    // Without letters and digits that are taken for each other, as real booking references are.
    private const string CodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private readonly (string Slot, string Value)[] _values;

    public Slots(Random random, string language, string? city)
    {
        var from = city ?? random.Pick(Places.Cities);
        var to = random.Pick(Places.Cities);
        while (to == from) to = random.Pick(Places.Cities);
        _values =
        [
            ("{city}", Places.In(language, from)),
            ("{to}", Places.In(language, to)),
            ("{flight}", $"AL{random.Next(1000, 9999)}"),
            ("{code}", string.Concat(Enumerable.Range(0, 6).Select(_ => CodeLetters[random.Next(CodeLetters.Length)]))),
            ("{day}", random.Pick(PhraseBook.Of(language).Days)),
            ("{hours}", random.Next(2, 9).ToString()),
            ("{euros}", (random.Next(3, 60) * 5).ToString()),
        ];
    }

    public string Fill(string template)
    {
        foreach (var (slot, value) in _values) template = template.Replace(slot, value, StringComparison.Ordinal);
        return template;
    }
}
