using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.History;

/// <summary>What is asked of the history: every filter by itself and every two together, and texts of all kinds, alone and with a filter.</summary>
internal static class Questions
{
    // Of each filter something that many cases have and something that few have, where there is such a thing.
    private static readonly (string Name, Func<CaseSearch, CaseSearch> With)[] Filters =
    [
        ("user", search => search with { User = "maria" }),
        ("user, rare", search => search with { User = "user4711" }),
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
        ("to, old", search => search with { To = MadeUpCases.Start.AddDays(2) }),
        ("day", search => search with { From = MadeUpCases.Start.AddDays(30), To = MadeUpCases.Start.AddDays(31) }),
        ("closedFrom", search => search with { ClosedFrom = MadeUpCases.Start.AddDays(89) }),
        ("closedTo", search => search with { ClosedTo = MadeUpCases.Start.AddDays(20) }),
    ];

    private static readonly string[] Texts =
    [
        "de", "de la", "factura", "pedido refund", "facturacion tarjeta -hola", "\"de la\"", "\"factura reembolso\"", "\"la que el en\"", "fact*", "a*", "ca* me*", "-de", "de -la -que",
        MadeUpCases.Word(300), MadeUpCases.Word(5_000), MadeUpCases.Word(20_000), $"{MadeUpCases.Word(100)} {MadeUpCases.Word(101)} {MadeUpCases.Word(102)}", "de " + MadeUpCases.Word(20_000), "nowhere", "de nowhere",
    ];

    public static IEnumerable<(string Name, CaseSearch Search)> OfPages()
    {
        yield return ("all", new CaseSearch());
        for (var i = 0; i < Filters.Length; i++)
        {
            yield return (Filters[i].Name, Filters[i].With(new CaseSearch()));
            for (var j = i + 1; j < Filters.Length; j++) yield return ($"{Filters[i].Name} + {Filters[j].Name}", Filters[j].With(Filters[i].With(new CaseSearch())));
        }
    }

    public static IEnumerable<(string Name, CaseSearch Search)> OfTexts()
    {
        foreach (var text in Texts)
        {
            yield return (text, new CaseSearch { Text = text });
            foreach (var (name, with) in Filters) yield return ($"{text} + {name}", with(new CaseSearch { Text = text }));
        }
    }
}
