using System.Text;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Contract;

/// <summary>Personal data reads back as it was written, until its customer is erased: then nothing of it is left, and the numbers are what they were.</summary>
public abstract class ErasureContract(IStore store) : JournalContract(store)
{
    private const string Other = "chat:octavio.barrientos";

    private Lives Lives => new(Journal);

    [Fact]
    public async Task What_was_sealed_reads_back_as_it_was()
    {
        var state = await Lives.Live(Lives.Customer, 1);
        var events = await Journal.ReadStream(Given.Case(CaseIds.For(Given.Workspace, Lives.Customer, 1)));
        var opened = Assert.IsType<CaseOpened>(events[0].Event);
        Assert.Equal(Json(Lives.Opening(Lives.Customer)), Json(opened));
        Assert.Equal(Json(state), Json(events.Aggregate(CaseState.None, (s, recorded) => CaseFold.Evolve(s, recorded.Event))));
        Assert.Equal(events.Select(recorded => Json(recorded.Event)), (await All()).Where(recorded => recorded.Stream.Kind == StreamKind.Case).Select(recorded => Json(recorded.Event)));
        Assert.Equal((Lives.Author, Lives.Name), await Journal.ReadStream(Lives.StreamOf(Lives.Customer)) is [{ Event: CustomerAppeared e }, ..] ? (e.Author, e.Name) : default);
    }

    [Fact]
    public async Task Nothing_of_an_erased_customer_is_left_and_the_numbers_are_what_they_were()
    {
        await Given3Customers();
        var before = await Numbers();
        await Commit(await Lives.Erasing(Lives.Customer));

        await AssertForgotten();
        Assert.Equal(before, await Numbers());
        Assert.DoesNotContain((await JournalAudit.Of(Journal, TimeSpan.FromDays(30))).Violations, violation => violation.Invariant is 2 or 3 or 9);
        await AssertRebuiltTheSame();
        await AssertForgotten();
        Assert.Equal(before, await Numbers());
        Assert.Contains(Lives.Text, Everything(await All()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_customers_snapshot_is_deleted_and_nobody_elses()
    {
        await Lives.Live(Lives.Customer, 1);
        foreach (var customer in (string[])[Lives.Customer, Other])
            await Journal.Documents.Put(SnapshotDocuments.Customer, SnapshotDocuments.CustomerKey(Given.Workspace, customer), "{}"u8.ToArray(), null);
        await Commit(await Lives.Erasing(Lives.Customer));
        Assert.Equal(SnapshotDocuments.CustomerKey(Given.Workspace, Other), Assert.Single(await Journal.Documents.List(SnapshotDocuments.Customer)).Key);
    }

    [Fact]
    public async Task An_erased_customer_has_another_name_everywhere()
    {
        await Lives.Live(Lives.Customer, 1);
        await Lives.Live(Lives.Customer, 2);
        await Commit(await Lives.Erasing(Lives.Customer));

        Assert.Empty(await Journal.ReadStream(Lives.StreamOf(Lives.Customer)));
        Assert.Empty((await Read.Cases(Given.Workspace, new CaseFilter(Customer: Lives.Customer), null, 10)).Items);
        var pseudonym = (await All()).Select(recorded => recorded.Event).OfType<CustomerErased>().Single().Pseudonym;
        Assert.Equal(4, (await Journal.ReadStream(Lives.StreamOf(pseudonym))).Count);
        var cases = (await Read.Cases(Given.Workspace, new CaseFilter(Customer: pseudonym), null, 10)).Items;
        Assert.Equal(2, cases.Length);
        Assert.All(cases, row => Assert.Equal((pseudonym, null, "", null), (row.State.CustomerId, row.State.CustomerName, row.State.Thread, row.State.ReopenUntil)));
        Assert.Equal([pseudonym, pseudonym], (await All()).Select(recorded => recorded.Event).OfType<CaseOpened>().Select(opened => opened.CustomerId));
    }

    [Fact]
    public async Task Who_writes_again_is_somebody_new_whose_data_is_sealed_anew()
    {
        await Lives.Live(Lives.Customer, 1);
        await Commit(await Lives.Erasing(Lives.Customer));
        await Lives.Live(Lives.Customer, 2);

        Assert.Equal(2, (await Journal.ReadStream(Lives.StreamOf(Lives.Customer))).Count);
        var events = await Journal.ReadStream(Given.Case(CaseIds.For(Given.Workspace, Lives.Customer, 2)));
        Assert.Contains(Lives.Note, Everything(events), StringComparison.Ordinal);
        await Commit(await Lives.Erasing(Lives.Customer));
        await AssertForgotten();
        Assert.Equal(2, (await All()).Select(recorded => recorded.Event).OfType<CustomerErased>().Select(erased => erased.Pseudonym).Distinct().Count());
    }

    [Fact]
    public async Task A_message_of_an_erased_customer_stays_claimed()
    {
        await Lives.Live(Lives.Customer, 1);
        await Commit(await Lives.Erasing(Lives.Customer));
        var caseId = CaseIds.For(Given.Workspace, Lives.Customer, 1);
        Assert.Equal($"{caseId} forgotten", await Read.Claimed($"message/{Lives.Author}-1"));
        Assert.Equal(
            new AppendResult.ClaimTaken($"message/{Lives.Author}-1", $"{caseId} forgotten"),
            await Journal.Append(new Append([Given.Notes(Given.Case("late"), 0, "late")], [], [new Claim($"message/{Lives.Author}-1", "again")])));
    }

    [Fact]
    public async Task An_erasure_and_a_message_of_the_customer_do_not_both_win()
    {
        await Lives.Live(Lives.Customer, 1);
        var erasing = await Lives.Erasing(Lives.Customer);
        var caseId = CaseIds.For(Given.Workspace, Lives.Customer, 1);
        var state = (await Read.Case(Given.Workspace, caseId))!.State;
        var message = Message(caseId, state);
        var results = await Task.WhenAll(Journal.Append(erasing).AsTask(), Journal.Append(message).AsTask());
        Assert.Single(results.OfType<AppendResult.Committed>());
        Assert.Single(results.OfType<AppendResult.VersionConflict>());
        var events = await Journal.ReadStream(Given.Case(caseId));
        Assert.Equal(results[0] is AppendResult.Committed, events[^1].Event is CaseCustomerErased);
        if (results[0] is AppendResult.Committed) await AssertForgotten();
    }

    [Fact]
    public async Task A_new_case_of_a_customer_who_is_being_erased_is_refused()
    {
        await Lives.Live(Lives.Customer, 1);
        await Commit(await Lives.Erasing(Lives.Customer));
        var late = new StreamAppend(Lives.StreamOf(Lives.Customer), 2, [new CustomerCaseOpened { At = Given.Start, Thread = "t", CaseId = "c2" }]);
        Assert.Equal(new AppendResult.VersionConflict(late.Stream, 2, 0), await Journal.Append(Given.Append(late)));
        await AssertForgotten();
    }

    [Fact]
    public async Task A_refused_erasure_leaves_everything_as_it_was()
    {
        await Lives.Live(Lives.Customer, 1);
        var erasing = await Lives.Erasing(Lives.Customer);
        await Commit(Message(CaseIds.For(Given.Workspace, Lives.Customer, 1), (await Read.Case(Given.Workspace, CaseIds.For(Given.Workspace, Lives.Customer, 1)))!.State));
        Assert.IsType<AppendResult.VersionConflict>(await Journal.Append(erasing));
        Assert.Contains(Lives.Note, Everything(await All()), StringComparison.Ordinal);
        Assert.Equal(Lives.Customer, (await Read.Cases(Given.Workspace, new CaseFilter(Customer: Lives.Customer), null, 10)).Items.Single().State.CustomerId);
    }

    [Fact]
    public async Task What_nobody_knew_whose_it_was_is_erased_with_the_case()
    {
        await Lives.Live(Lives.Customer, 1);
        var caseId = CaseIds.For(Given.Workspace, Lives.Customer, 1);
        var state = (await Read.Case(Given.Workspace, caseId))!.State;
        // Without a row: it is stored as it is, as by versions that had no keys.
        await Commit(new Append(new StreamAppend(Given.Case(caseId), state.Version, [Given.Note("Ximena llamó otra vez")]), []));
        await Commit(await Lives.Erasing(Lives.Customer));
        await AssertForgotten();
        await AssertRebuiltTheSame();
    }

    [Fact]
    public async Task Customers_who_are_many_at_once_get_each_their_own_key()
    {
        await Task.WhenAll(Enumerable.Range(10, 40).Select(i => Lives.Live($"chat:person{i}", 1)));
        await Task.WhenAll(Enumerable.Range(10, 20).Select(async i => await Commit(await Lives.Erasing($"chat:person{i}"))));
        var names = (await All()).Select(recorded => recorded.Event).OfType<CaseOpened>().Select(opened => opened.CustomerId).ToList();
        Assert.Equal(Enumerable.Range(30, 20).Select(i => $"chat:person{i}"), names.Where(name => name.StartsWith("chat:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(20, names.Where(name => name.StartsWith("erased:", StringComparison.Ordinal)).Distinct().Count());
    }

    private static Append Message(string caseId, CaseState state)
    {
        var message = new MessageReceived { At = Given.Start.AddHours(1), MessageId = "late", Text = "y otra cosa" };
        return new Append(new StreamAppend(Given.Case(caseId), state.Version, [message]), [Given.Put(caseId, CaseFold.Evolve(state, message))]);
    }

    private async Task Given3Customers()
    {
        await Lives.Live(Lives.Customer, 1);
        await Lives.Live(Lives.Customer, 2, "baggage", Rating.Positive);
        await Lives.Live(Other, 1, "baggage");
        await Lives.Live("chat:another", 1, close: false);
    }

    /// <summary>What reports would count: it says nothing of anybody.</summary>
    private async Task<string> Numbers()
    {
        var rows = new List<CaseRow>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Read.Cases(Given.Workspace, new CaseFilter(), cursor == "" ? null : cursor, 2);
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        return string.Join("; ", rows.Select(row => row.State).CountBy(s => $"{s.Queue} {s.Status} {s.Rating} {s.Reason} {s.Channel} {s.Messages} {s.Answers} {s.FirstAssignedAt:O} {s.ClosedAt:O} {s.LastHolder} {s.Profile?.Purpose}")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} × {pair.Key}"));
    }

    /// <summary>Nothing is left in the streams and rows of erased customers; and their author's name is nowhere, unless they wrote again.</summary>
    private async Task AssertForgotten()
    {
        var all = await All();
        var erased = all.Where(recorded => recorded.Event is CustomerErased or CaseCustomerErased).Select(recorded => recorded.Stream).ToHashSet();
        Assert.NotEmpty(erased);
        var left = Everything(all.Where(recorded => erased.Contains(recorded.Stream)));
        foreach (var stream in erased.Where(stream => stream.Kind == StreamKind.Case)) left += Json((await Read.Case(stream.Workspace, stream.Id))!.State);
        foreach (var text in Lives.Personal) Assert.DoesNotContain(text, left, StringComparison.Ordinal);
        if ((await Journal.ReadStream(Lives.StreamOf(Lives.Customer))).Count == 0) Assert.DoesNotContain(Lives.Author, Everything(all), StringComparison.Ordinal);
    }

    private async Task AssertRebuiltTheSame()
    {
        if (Journal is not IJournalMaintenance maintenance) return;
        Assert.Empty(await maintenance.Inspect().ToListAsync());
        var before = (await Read.Cases(Given.Workspace, new CaseFilter(), null, 100)).Items.Select(row => Json(row.State)).ToList();
        await maintenance.Rebuild();
        Assert.Equal(before, (await Read.Cases(Given.Workspace, new CaseFilter(), null, 100)).Items.Select(row => Json(row.State)));
    }

    private static string Everything(IEnumerable<RecordedEvent> events) =>
        string.Concat(events.Select(recorded => $"{recorded.Stream} {EventCodec.NameOf(recorded.Event)} {Json(recorded.Event)}\n"));

    private static string Json(DomainEvent happened) => Encoding.UTF8.GetString(EventCodec.ToUtf8(happened));

    private static string Json(CaseState state) => Encoding.UTF8.GetString(StateCodec.ToUtf8(state));
}

public sealed class MemoryErasure() : ErasureContract(new MemoryStore());

public sealed class SqliteErasure() : ErasureContract(new SqliteStore());

public sealed class PostgresErasure() : ErasureContract(new PostgresStore());

public sealed class LonePostgresErasure() : ErasureContract(new LonePostgresStore());
