using System.Collections.Immutable;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>One customer's closed cases, with long names: more than what the connections of a machine to itself hold for a client who does not read.</summary>
internal static class LongList
{
    public const int Cases = 3_000;
    public const string Customer = "chat:joe";
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly string Name = new('n', 8_000);

    public static async Task Fill(IJournal journal, string workspace)
    {
        var ids = Enumerable.Range(1, Cases).Select(number => CaseIds.For(workspace, Customer, number)).ToArray();
        ImmutableArray<DomainEvent> customer =
        [
            new CustomerAppeared { At = Start, Channel = "chat", Author = "joe" },
            .. ids.Select((id, number) => new CustomerCaseOpened { At = Start, Thread = $"{number}", CaseId = id }),
        ];
        await Commit(journal, new Append(new StreamAppend(new StreamId(StreamKind.Customer, workspace, Customer), 0, customer), []));
        foreach (var some in ids.Chunk(100)) await Task.WhenAll(some.Select(id => Commit(journal, Closed(workspace, id))));
    }

    private static Append Closed(string workspace, string id)
    {
        ImmutableArray<DomainEvent> events =
        [
            new CaseOpened
            {
                At = Start, CustomerId = Customer, CustomerName = Name, Channel = "chat", Account = "@brand", Thread = "t",
                Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty),
            },
            new CaseClosed { At = Start, Kind = CloseKind.Handled },
        ];
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddCase(changes, workspace, id, CaseState.None, CaseFold.Evolve(CaseState.None, events));
        return new Append(new StreamAppend(new StreamId(StreamKind.Case, workspace, id), 0, events), changes.DrainToImmutable());
    }

    private static async Task Commit(IJournal journal, Append append) => Assert.IsType<AppendResult.Committed>(await journal.Append(append));
}
