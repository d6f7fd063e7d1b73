using System.Text;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Erasures among several processes, and what the server's files hold afterwards.</summary>
public sealed class ErasureTests : PostgresTest
{
    [Fact]
    public async Task Another_process_that_knew_the_customer_writes_of_the_new_one_with_a_new_key()
    {
        var (one, other) = (await Open(), await Open());
        await new Lives(other).Live(Lives.Customer, 1);
        await Commit(one, await new Lives(one).Erasing(Lives.Customer));

        // The other one still remembers the number of a stream that has another name now, and a key that is destroyed.
        var late = new StreamAppend(Lives.StreamOf(Lives.Customer), 2, [new CustomerCaseOpened { At = Given.Start, Thread = "t", CaseId = "c2" }]);
        Assert.Equal(new AppendResult.VersionConflict(late.Stream, 2, 0), await other.Append(Given.Append(late)));
        var state = await new Lives(one).Live(Lives.Customer, 2, close: false);
        var caseId = CaseIds.For(Given.Workspace, Lives.Customer, 2);
        await new Lives(other).Write(state, caseId, [new NoteAdded { At = Given.Start.AddHours(1), Text = "she is back" }]);
        Assert.Contains((await one.ReadStream(Given.Case(caseId))).Select(recorded => recorded.Event).OfType<NoteAdded>(), note => note.Text == "she is back");
    }

    [Fact]
    public async Task A_key_that_another_process_destroyed_seals_nothing_more()
    {
        var (one, other) = (await Open(), await Open());
        await new Lives(other).Live(Lives.Customer, 1);
        await Commit(one, await new Lives(one).Erasing(Lives.Customer));
        var state = await new Lives(one).Live(Lives.Customer, 2, close: false);
        var caseId = CaseIds.For(Given.Workspace, Lives.Customer, 2);

        var note = new NoteAdded { At = Given.Start.AddHours(1), Text = "she is back" };
        var append = new Append(new StreamAppend(Given.Case(caseId), state.Version, [note]), [Given.Put(caseId, CaseFold.Evolve(state, note))]);
        Assert.IsType<AppendResult.VersionConflict>(await other.Append(append));
        await Commit(other, append);
        Assert.Equal(note, (await one.ReadStream(Given.Case(caseId)))[^1].Event);
    }

    [Fact]
    public async Task An_erasure_whose_answer_is_lost_was_made_or_not_as_a_whole()
    {
        var port = (await TestDatabases.Server()).Port;
        await using var proxy = new CuttingProxy(port);
        var swallow = false;
        var journal = await Open(new PostgresJournalOptions
        {
            Connection = Connection.Replace($"Port={port}", $"Port={proxy.Port}", StringComparison.Ordinal), Lanes = 1,
            BeforeCommit = () => { if (swallow) proxy.SwallowTheNextAnswer(); return Task.CompletedTask; },
        });
        await new Lives(journal).Live(Lives.Customer, 1);
        var erasing = await new Lives(journal).Erasing(Lives.Customer);
        swallow = true;
        await Assert.ThrowsAsync<UnknownOutcomeException>(async () => await journal.Append(erasing));
        swallow = false;

        Assert.Equal(new AppendResult.VersionConflict(erasing.Erasure!.Customer, erasing.Streams[0].ExpectedVersion, 0), await journal.Append(erasing));
        Assert.Equal(erasing.Erasure.Pseudonym, (await journal.ReadAll().ToListAsync()).Select(recorded => recorded.Event).OfType<CaseOpened>().Single().CustomerId);
        await new Lives(journal).Live(Lives.Customer, 2);
    }

    [Fact]
    public async Task Tables_that_were_written_anew_have_no_byte_of_an_erased_customer()
    {
        var journal = await Open();
        await new Lives(journal).Live(Lives.Customer, 1);
        await new Lives(journal).Live(Lives.Customer, 2);
        var key = await Ask("SELECT encode(key, 'hex') FROM personal_key");
        // The planner's samples of columns are copies too.
        await Execute("ANALYZE");
        await Commit(journal, await new Lives(journal).Erasing(Lives.Customer));
        await NobodySeesWhatWasBefore();
        await Execute("VACUUM (FULL, ANALYZE) personal_key, stream, case_row, claim, document");
        await NobodySeesWhatWasBefore();
        await Execute("VACUUM FULL pg_catalog.pg_statistic");
        await Execute("CHECKPOINT");

        var folder = Path.Combine((await TestDatabases.Server()).Data, "base", (await Ask("SELECT oid FROM pg_database WHERE datname = current_database()"))!);
        var wanted = Lives.Personal.ToDictionary(text => text, Encoding.UTF8.GetBytes);
        wanted["the key"] = Convert.FromHexString(key!);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var (name, text) in wanted)
                if (bytes.AsSpan().IndexOf(text) >= 0) Assert.Fail($"{await Ask($"SELECT coalesce(min(relname::text), '?') FROM pg_class WHERE pg_relation_filepath(oid) = 'base/{folder[(folder.LastIndexOf('/') + 1)..]}/{Path.GetFileName(file)}'")} still has {name}.");
        }
    }

    /// <summary>The server keeps dead rows for transactions that are older, in other databases too while a connection is being made to them.</summary>
    private async Task NobodySeesWhatWasBefore()
    {
        var now = await Ask("SELECT txid_current()");
        var over = $"SELECT txid_snapshot_xmin(txid_current_snapshot()) > {now} AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE age(backend_xmin) > age('{now}'::xid))";
        while (await Ask(over) != "True") await Task.Yield();
    }
}
