using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.History;

/// <param name="After">Which share of all cases lies before what is asked for, newest first.</param>
internal sealed record Question(string Name, CaseSearch Search, double After = 0);

/// <summary>What is asked of the history: every filter by itself, every two together and some threes, texts of all kinds, alone and with filters, and pages after others.</summary>
internal static class Questions
{
    // Of all threes, so many.
    private const int Sampled = 200;
    private static readonly double[] Depths = [0.00001, 0.3, 0.9];

    // Of each filter something that many cases have and something that few have, where there is such a thing.
    internal static readonly (string Name, Func<CaseSearch, CaseSearch> With)[] Filters =
    [
        ("user", search => search with { User = "maria" }),
        ("user, rare", search => search with { User = "user4711" }),
        ("user, one letter", search => search with { User = "u" }),
        ("user, two letters", search => search with { User = "ma" }),
        ("user, a tenth", search => search with { User = "user4" }),
        ("user, two words", search => search with { User = "zo user12" }),
        ("channel", search => search with { Channel = "whatsapp" }),
        ("channel, rare", search => search with { Channel = "chat" }),
        ("account", search => search with { Account = "@whatsapp-1" }),
        ("account, rare", search => search with { Account = "@chat-3" }),
        ("agent", search => search with { Agent = "agent-1" }),
        ("agent, rare", search => search with { Agent = "agent-299" }),
        ("customer", search => search with { Customer = "whatsapp:user77" }),
        ("customerNumber", search => search with { CustomerNumber = "100077" }),
        ("queue", search => search with { Queue = "queue-1" }),
        ("queue, rare", search => search with { Queue = "queue-12" }),
        ("state", search => search with { Status = CaseStatus.Closed }),
        ("state, none", search => search with { Shown = ShownStatus.New }),
        ("rating", search => search with { Rating = Rating.Negative }),
        ("reason", search => search with { Reason = "reason-1" }),
        ("reason, rare", search => search with { Reason = "reason-25" }),
        ("from", search => search with { From = MadeUpCases.Start.AddDays(45) }),
        ("from, newest", search => search with { From = MadeUpCases.Start.AddDays(MadeUpCases.Days - 0.5) }),
        ("to, old", search => search with { To = MadeUpCases.Start.AddDays(2) }),
        ("day", search => search with { From = MadeUpCases.Start.AddDays(30), To = MadeUpCases.Start.AddDays(31) }),
        ("closedFrom", search => search with { ClosedFrom = MadeUpCases.Start.AddDays(89) }),
        ("closedTo", search => search with { ClosedTo = MadeUpCases.Start.AddDays(20) }),
    ];

    private static readonly string[] Texts =
    [
        "de", "de la", "de la que el", "factura", "pedido refund", "facturacion tarjeta -hola", "\"de la\"", "\"factura reembolso\"", "\"la que el en\"", "-de", "de -la -que",
        "fact*", "hola*", "a*", "ca* me*", "x* tr*", "fact* reem*", "\"de la\" ca*", "\"factura ree\"*", "\"de la q\"*", "de -fact*", "-a*", "zzzz*",
        MadeUpCases.Word(300), MadeUpCases.Word(5_000), MadeUpCases.Word(20_000), $"{MadeUpCases.Word(100)} {MadeUpCases.Word(101)} {MadeUpCases.Word(102)}", "de " + MadeUpCases.Word(20_000), "nowhere", "de nowhere",
    ];

    public static IEnumerable<Question> OfPages()
    {
        yield return new("all", new CaseSearch());
        for (var i = 0; i < Filters.Length; i++)
        {
            yield return With(new("", new CaseSearch()), i);
            for (var j = i + 1; j < Filters.Length; j++) yield return With(With(new("", new CaseSearch()), i), j);
            foreach (var depth in Depths) yield return Deep(With(new("", new CaseSearch()), i), depth);
        }
        foreach (var (one, two) in Pairs())
            for (var i = 0; i < Filters.Length; i += 9) yield return With(With(With(new("", new CaseSearch()), one), two), (one + two + i) % Filters.Length);
        yield return new("all that nobody has", new CaseSearch
        {
            Channel = "whatsapp", Account = "@chat-3", Queue = "queue-1", Agent = "agent-1", Reason = "reason-1", Rating = Rating.Negative, Status = CaseStatus.Closed, User = "maria user",
            From = MadeUpCases.Start.AddDays(1), To = MadeUpCases.Start.AddDays(89), ClosedFrom = MadeUpCases.Start.AddDays(1), ClosedTo = MadeUpCases.Start.AddDays(89),
        });
    }

    public static IEnumerable<Question> OfTexts()
    {
        foreach (var text in Texts)
        {
            var question = new Question(text, new CaseSearch { Text = text });
            yield return question;
            for (var i = 0; i < Filters.Length; i++) yield return With(question, i);
            foreach (var depth in Depths) yield return Deep(question, depth);
        }
        var turn = 0;
        foreach (var (one, two) in Pairs())
        {
            var text = Texts[turn++ % Texts.Length];
            yield return With(With(new(text, new CaseSearch { Text = text }), one), two);
        }
    }

    // Two that are far apart in the list and two that are near, and mostly of one that many have and one that few have.
    private static IEnumerable<(int, int)> Pairs() =>
        Enumerable.Range(0, Sampled).Select(i => (i % Filters.Length, ((i * 7) + (i / Filters.Length) + 1) % Filters.Length)).Where(pair => pair.Item1 != pair.Item2);

    internal static Question With(Question question, int filter) =>
        question with { Name = question.Name.Length == 0 ? Filters[filter].Name : $"{question.Name} + {Filters[filter].Name}", Search = Filters[filter].With(question.Search) };

    internal static Question Deep(Question question, double depth) => question with { Name = $"{question.Name}, after {depth:0.#####%} of the cases", After = depth };
}
