using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Tests.Archive;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.Contract;

/// <summary>What left the tables is read as if it had not.</summary>
public abstract class ArchiveContract(IStore store) : JournalContract(store)
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.File("archive");

    [Fact]
    public async Task Closed_cases_leave_the_tables_and_are_read_as_before()
    {
        var center = new SmallCenter(Journal);
        foreach (var customer in (string[])["ana", "ben", "ana", "eva"]) await center.Closed(customer);
        var open = await center.Open("ana");
        var (hash, all) = (await JournalHash.Of(Journal), await All());
        var timeline = await Journal.ReadStream(Given.Case("ana-1"));

        var batches = await Archive(center.Order(Folder));
        Assert.Equal([3, 1], batches.Select(batch => batch.Cases.Length));
        Assert.Equal(["ana-1", "ana-2", "ben-1", "eva-1"], batches.SelectMany(batch => batch.Cases).Select(one => one.CaseId).Order());
        Assert.Equal([open], (await Read.Cases(Given.Workspace, new CaseFilter(), null, 10)).Items.Select(row => row.CaseId));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);

        Assert.Equal(timeline, await Journal.ReadStream(Given.Case("ana-1")));
        Assert.Equal(timeline.Skip(2), await Journal.ReadStream(Given.Case("ana-1"), 2));
        Assert.Empty(await Journal.ReadStream(Given.Case("ana-1"), timeline.Count));
        foreach (var (caseId, state) in center.Cases) AssertSame(state, (await Read.Case(Given.Workspace, caseId))!.State);
        Assert.Equal(all, await All());
        Assert.Equal(all.Skip(4), await All(4));
        Assert.Equal(hash, await JournalHash.Of(Journal));
        Assert.Null(await Read.Case(Given.Workspace, "never"));
        await AssertSound();
        Assert.Empty(await Archive(center.Order(Folder)));
    }

    [Fact]
    public async Task What_is_open_or_may_be_reopened_or_is_too_young_stays()
    {
        var center = new SmallCenter(Journal);
        await center.Open("open");
        await center.Close(await center.Open("window"), TimeSpan.FromDays(30));
        var old = await center.Closed("old");
        var limit = center.Now.AddMinutes(1);
        await center.Closed("young");
        var order = new ArchiveOrder(Folder, limit, center.Now);
        Assert.Equal([old], await Journal.Archiving().Due(order).Select(due => due.CaseId).ToListAsync());
        Assert.Equal(old, Assert.Single(Assert.Single(await Archive(order)).Cases).CaseId);

        var later = center.Now.AddDays(31);
        Assert.Equal(["window-1", "young-1"], (await Archive(new ArchiveOrder(Folder, later, later)))[0].Cases.Select(one => one.CaseId).Order());
    }

    [Fact]
    public async Task A_note_on_an_archived_case_goes_on_after_its_versions_and_brings_its_row_back()
    {
        var center = new SmallCenter(Journal);
        var caseId = await center.Closed("ana");
        await center.Closed("ana");
        await Archive(center.Order(Folder));
        for (var round = 1; round <= 3; round++)
        {
            var last = await center.Closed("ben");
            await center.Note(caseId, $"round {round}");
            await center.Reopen(caseId);
            Assert.Single(await Read.CasesOf(Given.Workspace, "ana"));
            await center.Close(caseId);
            var events = await Journal.ReadStream(Given.Case(caseId));
            Assert.Equal(Enumerable.Range(1, 4 + round * 3).Select(version => (long)version), events.Select(recorded => recorded.Version));
            AssertSame(center.Cases[caseId], (await Read.Case(Given.Workspace, caseId))!.State);
            Assert.Contains((await Read.Cases(Given.Workspace, new CaseFilter(), null, 10)).Items, row => row.CaseId == caseId);
            Assert.Equal(["ana-2", caseId], await CasesOf("ana"));
            await AssertSound();
            await Archive(center.Order(Folder));
            Assert.Equal(events, await Journal.ReadStream(Given.Case(caseId)));
            Assert.Equal(["ana-2", caseId], await CasesOf("ana"));
            Assert.Equal([last], (await CasesOf("ben")).Take(1));
            await AssertSound();
        }
        Assert.IsType<AppendResult.VersionConflict>(await Journal.Append(Given.Append(Given.Notes(Given.Case(caseId), 4, "late"))));
    }

    [Fact]
    public async Task A_customers_list_has_archived_cases_too_in_stable_pages()
    {
        var center = new SmallCenter(Journal);
        for (var i = 0; i < 9; i++) await center.Closed("ana");
        await Archive(center.Order(Folder));
        for (var i = 0; i < 4; i++) await center.Closed("ana");
        await center.Note("ana-3");
        var expected = Enumerable.Range(1, 13).Reverse().Select(i => $"ana-{i}").ToList();
        Assert.Equal(expected, await CasesOf("ana", limit: 4));
        Assert.Equal(expected, await CasesOf("ana", limit: 100));
        Assert.Equal(expected.Where(id => center.Cases[id].Queue == "q1"), await CasesOf("ana", "q1"));
        Assert.Empty((await Read.Cases(Given.Workspace, new CaseFilter(Customer: "ana", OpenOnly: true), null, 10)).Items);
        foreach (var row in (await Read.Cases(Given.Workspace, new CaseFilter(Customer: "ana"), null, 20)).Items) AssertSame(center.Cases[row.CaseId], row.State);
    }

    [Fact]
    public async Task Rows_are_rebuilt_with_what_is_in_files()
    {
        var center = new SmallCenter(Journal);
        var caseId = await center.Closed("ana");
        await center.Closed("ben");
        await Archive(center.Order(Folder));
        await center.Note(caseId);
        Assert.Equal(1, (await ((IJournalMaintenance)Journal).Rebuild(cancel: TestContext.Current.CancellationToken)).Cases);
        AssertSame(center.Cases[caseId], (await Read.Case(Given.Workspace, caseId))!.State);
        await AssertSound();
    }

    [Theory, InlineData("Announce"), InlineData("Write"), InlineData("Rename"), InlineData("Compare"), InlineData("Move"), InlineData("Done")]
    public async Task Who_dies_between_two_steps_loses_nothing_and_leaves_nothing_twice(string step)
    {
        var center = new SmallCenter(Journal);
        for (var i = 0; i < 5; i++) await center.Closed("ana");
        var hash = await JournalHash.Of(Journal);
        var dying = center.Order(Folder) with { Before = now => now.ToString() == step ? throw new DeathException() : Task.CompletedTask };
        await Assert.ThrowsAsync<DeathException>(() => Archive(dying));
        Assert.Equal(hash, await JournalHash.Of(Journal));
        await AssertSound();

        await Archive(center.Order(Folder));
        Assert.Equal(hash, await JournalHash.Of(Journal));
        Assert.Equal(["ana-1", "ana-2", "ana-3", "ana-4", "ana-5"], ArchivedFile.Lines(Folder).Select(line => line["case"]!.GetValue<string>()).Order());
        await AssertSound();
    }

    [Fact]
    public async Task A_case_that_is_written_to_meanwhile_stays_with_its_whole_batch()
    {
        var center = new SmallCenter(Journal);
        for (var i = 0; i < 2; i++) await center.Closed("ana");
        var order = center.Order(Folder) with { Before = async now => { if (now == ArchiveStep.Move) await center.Note("ana-2"); } };
        Assert.Empty(await Archive(order));
        Assert.Empty(Directory.GetFiles(Folder));
        await AssertSound();
        Assert.Equal(2, Assert.Single(await Archive(center.Order(Folder))).Cases.Length);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_that_is_missing_or_damaged_is_named_and_only_its_cases_suffer(bool isMissing)
    {
        var center = new SmallCenter(Journal);
        for (var i = 0; i < 4; i++) await center.Closed("ana");
        var path = (await Archive(center.Order(Folder)))[0].Path;
        if (isMissing) File.Delete(path);
        else ArchivedFile.Damage(path);
        Assert.Contains(path, (await Assert.ThrowsAsync<ArchiveUnusableException>(async () => await Journal.ReadStream(Given.Case("ana-1")))).Message, StringComparison.Ordinal);
        Assert.Contains(path, (await Assert.ThrowsAsync<ArchiveUnusableException>(async () => await Read.Case(Given.Workspace, "ana-1"))).Message, StringComparison.Ordinal);
        Assert.Equal(4, (await Journal.ReadStream(Given.Case("ana-4"))).Count);
        Assert.Equal(["ana-4", "ana-3", "ana-2", "ana-1"], await CasesOf("ana"));
        var damages = await ((IJournalMaintenance)Journal).Inspect().ToListAsync();
        Assert.Contains(path, Assert.Single(damages).What, StringComparison.Ordinal);
        Assert.Contains("cannot be read", damages[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_archived_of_a_customer_is_forgotten_with_their_key()
    {
        var lives = new Lives(Journal);
        await lives.Live(Lives.Customer, 1);
        await lives.Live(Lives.Customer, 2);
        await lives.Live("chat:neighbour", 1);
        var order = new ArchiveOrder(Folder, Given.Start.AddDays(10), Given.Start.AddDays(10));
        Assert.Equal(3, Assert.Single(await Archive(order)).Cases.Length);
        Assert.Contains(Lives.Note, await Everything(), StringComparison.Ordinal);
        var inFiles = string.Concat(ArchivedFile.Lines(Folder).Select(line => line.ToJsonString()));
        Assert.All(Lives.Personal, text => Assert.DoesNotContain(text, inFiles, StringComparison.Ordinal));

        await Commit(await lives.Erasing(Lives.Customer));
        var everything = await Everything();
        Assert.All(Lives.Personal, text => Assert.DoesNotContain(text, everything, StringComparison.Ordinal));
        await AssertSound();
        Assert.Equal(2, Assert.Single(await Archive(order)).Cases.Length);
        Assert.Equal(everything, await Everything());
        await AssertSound();

        async Task<string> Everything()
        {
            var texts = (await All()).Where(recorded => recorded.Stream.Id != "chat:neighbour").Where(recorded => recorded.Stream.Id != Routing.Cases.CaseIds.For(Given.Workspace, "chat:neighbour", 1));
            return string.Concat(texts.Select(recorded => recorded.Stream + System.Text.Encoding.UTF8.GetString(EventCodec.ToUtf8(recorded.Event))));
        }
    }

    [Fact]
    public async Task More_pieces_than_are_read_at_once_come_in_order()
    {
        var center = new SmallCenter(Journal);
        var first = await center.Open("long");
        for (var i = 0; i < 700; i++) await center.Closed($"c{i % 7}");
        await center.Close(first);
        var (hash, all) = (await JournalHash.Of(Journal), await All());
        await Archive(center.Order(Folder) with { BatchCases = 300 });
        await center.Note("c1-1");
        await center.Closed("last");
        Assert.Equal(all, (await All()).Take(all.Count));
        Assert.Equal(all.Skip(500), (await All(500)).Take(all.Count - 500));
        Assert.NotEqual(hash, await JournalHash.Of(Journal));
        await AssertSound();
    }

    [Fact]
    public async Task One_archives_at_a_time_and_a_folder_that_cannot_be_written_leaves_nothing_behind()
    {
        var center = new SmallCenter(Journal);
        await center.Closed("ana");
        var nested = center.Order(Folder) with { Before = async step => { if (step == ArchiveStep.Write) await Archive(center.Order(Folder)); } };
        await Assert.ThrowsAsync<ArchivingAlreadyException>(() => Archive(nested));
        await File.WriteAllTextAsync(_folder.File("file"), "not a folder", TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<IOException>(() => Archive(center.Order(Path.Combine(_folder.File("file"), "archive"))));
        Assert.Single(await Archive(center.Order(Folder)));
        Assert.Single(Directory.GetFiles(Folder));
        await AssertSound();
    }

    [Fact]
    public async Task Events_that_are_moved_while_they_are_read_are_read_once()
    {
        var center = new SmallCenter(Journal);
        for (var i = 0; i < 500; i++) await center.Closed($"c{i % 7}");
        var all = await All();
        var read = new List<RecordedEvent>();
        await foreach (var recorded in Journal.ReadAll(cancel: TestContext.Current.CancellationToken))
        {
            if (read.Count == 300) await Archive(center.Order(Folder) with { BatchCases = 200 });
            read.Add(recorded);
        }
        Assert.Equal(all, read);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Whatever_happens_in_between_nothing_that_can_be_read_differs(int seed)
    {
        var memory = new MemoryJournal();
        await RandomLife(new SmallCenter(Journal, memory), new Random(seed));
        await AssertSameAs(memory);
    }

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 8).Select(seed => new TheoryDataRow<int>(seed));

    protected Task<List<ArchivedBatch>> Archive(ArchiveOrder order) => Journal.Archiving().Archive(order, TestContext.Current.CancellationToken).ToListAsync().AsTask();

    private async Task RandomLife(SmallCenter center, Random random)
    {
        for (var step = 0; step < 120; step++)
        {
            string[] closed = [.. center.Cases.Where(pair => !pair.Value.IsOpen).Select(pair => pair.Key)];
            string[] open = [.. center.Cases.Where(pair => pair.Value.IsOpen).Select(pair => pair.Key)];
            switch (random.Next(10))
            {
                case < 4: await center.Open($"c{random.Next(4)}"); break;
                case < 6 when open.Length > 0: await center.Close(open[random.Next(open.Length)], random.Next(3) == 0 ? TimeSpan.FromHours(random.Next(20)) : null); break;
                case < 7 when closed.Length > 0: await center.Note(closed[random.Next(closed.Length)]); break;
                case < 8 when closed.Length > 0: await center.Reopen(closed[random.Next(closed.Length)]); break;
                case 9: await Archive(center.Order(Folder) with { ClosedBefore = center.Now.AddHours(-random.Next(12)), BatchCases = random.Next(1, 5) }); break;
            }
        }
    }

    private async Task AssertSameAs(IJournal memory)
    {
        Assert.Equal(await JournalHash.Of(memory), await JournalHash.Of(Journal));
        foreach (var stream in (await All()).Select(recorded => recorded.Stream).Distinct())
        {
            Assert.Equal(await memory.ReadStream(stream), await Journal.ReadStream(stream));
            if (stream.Kind == StreamKind.Case) AssertSame((await memory.Read.Case(stream.Workspace, stream.Id))!.State, (await Read.Case(stream.Workspace, stream.Id))!.State);
            if (stream.Kind != StreamKind.Customer) continue;
            var expected = (await memory.Read.Cases(stream.Workspace, new CaseFilter(Customer: stream.Id), null, 500)).Items.Select(row => row.CaseId);
            Assert.Equal(expected, await CasesOf(stream.Id, limit: 3));
        }
        await AssertSound();
    }

    private async Task AssertSound()
    {
        Assert.Empty((await ((IJournalMaintenance)Journal).Inspect().ToListAsync()).Select(damage => damage.What));
        // The people here break rules of time and of capacity that have nothing to do with where events are kept.
        Assert.DoesNotContain((await JournalAudit.Of(Journal, TimeSpan.FromDays(900))).Violations, violation => violation.Invariant is not (3 or 6));
    }

    private static void AssertSame(object expected, object actual) =>
        Assert.Equal(StateCodec.ToUtf8((Routing.Cases.CaseState)expected), StateCodec.ToUtf8((Routing.Cases.CaseState)actual));

    private async Task<List<string>> CasesOf(string customer, string? queue = null, int limit = 2)
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Read.Cases(Given.Workspace, new CaseFilter(Customer: customer, Queue: queue), cursor, limit);
            Assert.InRange(page.Items.Length, 0, limit);
            seen.AddRange(page.Items.Select(row => row.CaseId));
            cursor = page.Next;
        }
        while (cursor is not null);
        return seen;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class DeathException() : Exception("Killed here.");
}
