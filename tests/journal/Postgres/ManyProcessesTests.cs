using System.Collections.Immutable;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Two journals on one database are two processes to the server: neither knows what the other one writes.</summary>
public sealed class ManyProcessesTests : PostgresTest
{
    [Fact]
    public async Task What_another_process_wrote_counts_at_once()
    {
        var (one, other) = (await Open(), await Open());
        for (var i = 0; i < 20; i++)
        {
            await Commit(i % 2 == 0 ? one : other, Given.Append(Given.Notes(Given.Case("1"), i, "a"), Given.Put("1", Given.Offered(Given.Queued(), i % 2 == 0 ? "ana" : "ben"))));
            Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), i, i + 1), await (i % 2 == 0 ? other : one).Append(Given.Append(Given.Notes(Given.Case("1"), i, "x"))));
            Assert.Single(await one.Read.CasesOf(Given.Workspace, i % 2 == 0 ? "ana" : "ben"));
            Assert.Empty(await one.Read.CasesOf(Given.Workspace, i % 2 == 0 ? "ben" : "ana"));
        }
        Assert.Equal(20, (await one.ReadStream(Given.Case("1"))).Count);
    }

    [Fact]
    public async Task Of_two_who_begin_the_same_stream_or_claim_the_same_key_one_wins()
    {
        var journals = new[] { await Open(), await Open() };
        for (var round = 0; round < 20; round++)
        {
            var began = await Task.WhenAll(journals.Select(journal => journal.Append(Given.Append(Given.Notes(Given.Case($"{round}"), 0, "a"))).AsTask()));
            Assert.Equal(new AppendResult.VersionConflict(Given.Case($"{round}"), 0, 1), Assert.Single(began, result => result is not AppendResult.Committed));

            var claimed = await Task.WhenAll(journals.Index().Select(j =>
                j.Item.Append(new Append([Given.Notes(Given.Case($"{round}/{j.Index}"), 0, "a")], [], [new Claim($"key {round}", $"{j.Index}")])).AsTask()));
            var winner = Array.FindIndex(claimed, result => result is AppendResult.Committed);
            Assert.Equal(new AppendResult.ClaimTaken($"key {round}", $"{winner}"), claimed[1 - winner]);
        }
    }

    /// <summary>Each append moves two or three of six streams, in any order of naming them, from lanes of two processes: what would
    /// deadlock if it could.</summary>
    [Fact]
    public async Task Appends_that_cross_each_other_end_well()
    {
        const int writers = 10, each = 30;
        var journals = new[] { await Open(Options with { Lanes = 3 }), await Open(Options with { Lanes = 3 }) };
        var committed = 0;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var (journal, random) = (journals[writer % 2], new Random(writer));
            var versions = new long[6];
            for (var done = 0; done < each;)
            {
                var streams = Enumerable.Range(0, 6).OrderBy(_ => random.Next()).Take(2 + done % 2).ToArray();
                ImmutableArray<StreamAppend> named = [.. streams.Select(s => Given.Notes(Given.Case($"{s}"), versions[s], $"{writer}"))];
                switch (await journal.Append(new Append(named, [.. streams.Select(s => Given.Put($"{s}", Given.Queued() with { Version = versions[s] + 1 }))], [])))
                {
                    case AppendResult.Committed:
                        foreach (var s in streams) versions[s]++;
                        Interlocked.Add(ref committed, streams.Length);
                        done++;
                        break;
                    case AppendResult.VersionConflict conflict:
                        versions[int.Parse(conflict.Stream.Id, System.Globalization.CultureInfo.InvariantCulture)] = conflict.Actual;
                        break;
                    case var other:
                        Assert.Fail(other.ToString());
                        break;
                }
            }
        })));

        var all = await journals[0].ReadAll().ToListAsync();
        Assert.Equal(committed, all.Count);
        foreach (var stream in all.GroupBy(recorded => recorded.Stream.Id))
        {
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(recorded => recorded.Version));
            Assert.Equal(stream.Count(), (await journals[1].Read.Case(Given.Workspace, stream.Key))!.State.Version);
        }
    }

    [Fact]
    public async Task A_database_that_was_emptied_under_it_is_noticed()
    {
        var journal = await Open();
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        await Execute("TRUNCATE stream, slice, workspace, case_row, open_case, case_agent, agent_row, deadline, offer_deadline, claim");
        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 1, 0), await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"))));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        Assert.Single(await journal.ReadStream(Given.Case("1")));
    }
}
