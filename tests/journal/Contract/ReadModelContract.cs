using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.Contract;

public abstract class ReadModelContract(IStore store) : JournalContract(store)
{
    [Fact]
    public async Task Agents_are_listed_by_id()
    {
        var ana = (AgentState)Codec.Filled.Full(typeof(AgentState));
        await Commit(Given.Only(Given.PutAgent("zoe", AgentState.None), Given.PutAgent("ana", AgentState.None)));
        await Commit(Given.Only(Given.PutAgent("ana", ana)));
        var agents = await Read.Agents(Given.Workspace);
        Assert.Equal(["ana", "zoe"], agents.Select(row => row.AgentId));
        Assert.Equal(Codec.Filled.Describe(ana), Codec.Filled.Describe(agents[0].State));
        Assert.Equal(Codec.Filled.Describe(ana), Codec.Filled.Describe((await Read.Agent(Given.Workspace, "ana"))!.State));
        Assert.Null(await Read.Agent(Given.Workspace, "never"));
        Assert.Empty(await Read.Agents("never"));
    }

    [Fact]
    public async Task Workspaces_are_those_with_a_configuration_in_order()
    {
        await Commit(Given.Configured("zeta"));
        await Commit(Given.Configured("Alpha"));
        await Commit(Given.Append(Given.Notes(Given.Case("1", "beta"), 0, "a")));
        Assert.Equal(["Alpha", "zeta"], await Read.Workspaces());
    }

    [Fact]
    public async Task Deadlines_come_soonest_first_and_only_those_before_the_time()
    {
        DeadlineRow[] rows = [.. Enumerable.Range(0, 40).Select(i => Given.Deadline("1", (i * 17) % 40, DeadlineKind.OfferExpires, $"offer {i}"))];
        await Commit(Given.Only([.. rows.Select(Given.PutDeadline)]));
        Assert.Equal(rows.Where(row => row.DueAt < Given.Start.AddSeconds(30)).OrderBy(row => row.DueAt), await Due("1", 30));
        Assert.Equal(rows.OrderBy(row => row.DueAt).Take(5), await Due("1", 30, limit: 5));
        Assert.Empty(await Due("1", 0));
    }

    [Fact]
    public async Task A_deadline_moves_and_goes()
    {
        var row = Given.Deadline("1", 10);
        await Commit(Given.Only(Given.PutDeadline(row)));
        await Commit(Given.Only(Given.PutDeadline(row with { DueAt = Given.Start.AddDays(400) })));
        Assert.Empty(await Due("1", 1000));
        await Commit(Given.Only(Given.PutDeadline(row), Given.PutDeadline(Given.Deadline("1", 5, DeadlineKind.FirstAnswer))));
        Assert.Equal(2, (await Due("1", 1000)).Count);
        await Commit(Given.Only(Given.Remove(row)));
        Assert.Equal(DeadlineKind.FirstAnswer, Assert.Single(await Due("1", 1000)).Kind);
        await Commit(Given.Only(Given.Remove(row), Given.Remove(Given.Deadline("never", 1))));
    }

    [Fact]
    public async Task Within_an_append_the_last_word_about_a_deadline_counts()
    {
        var (gone, back) = (Given.Deadline("1", 1, key: "gone"), Given.Deadline("1", 2, key: "back"));
        await Commit(Given.Only(Given.PutDeadline(gone), Given.Remove(gone), Given.Remove(back), Given.PutDeadline(back)));
        Assert.Equal([back], await Due("1", 10));
    }

    [Fact]
    public async Task Offers_of_one_time_go_one_by_one_beside_other_deadlines()
    {
        DeadlineRow[] rows =
        [
            .. from owner in (string[])["1", "2"] from offer in (string[])["a", "b", "c"] select Given.Deadline(owner, 10, DeadlineKind.OfferExpires, offer),
            Given.Deadline("1", 10), Given.Deadline("1", 20, DeadlineKind.OfferExpires, "d"), Given.Deadline("2", 5),
        ];
        await Commit(Given.Only([.. rows.Select(Given.PutDeadline)]));
        await Commit(Given.Only(Given.Remove(rows[1]), Given.Remove(rows[1] with { Key = "never" })));
        await AreThere([.. rows.Except([rows[1]])]);

        var later = rows[0] with { DueAt = Given.Start.AddDays(2) };
        await Commit(Given.Only(Given.Remove(rows[0]), Given.PutDeadline(later), Given.Remove(rows[2]), Given.Remove(rows[7])));
        await AreThere([later, .. rows[3..7], rows[8]]);
        await Commit(Given.Only(Given.PutDeadline(rows[0]), Given.Remove(rows[0]), Given.Remove(later)));
        await AreThere([.. rows[3..7], rows[8]]);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(Given.Only(Given.Remove(rows[3]) with { DueAt = null })));

        async Task AreThere(HashSet<DeadlineRow> expected)
        {
            var found = new List<DeadlineRow>();
            foreach (var shard in rows.Select(row => DeadlineRow.ShardOf(row.Owner)).Distinct()) found.AddRange(await Read.Deadlines(shard, Given.Start.AddDays(3), 100));
            Assert.Equal(expected.Count, found.Count);
            Assert.Equal(expected, found.ToHashSet());
        }
    }

    [Fact]
    public async Task Owners_of_the_same_id_have_deadlines_of_their_own()
    {
        var byCase = Given.Deadline("x", 1);
        var byAgent = byCase with { Owner = byCase.Owner with { Kind = DeadlineOwnerKind.Agent } };
        var elsewhere = byCase with { Owner = byCase.Owner with { Workspace = "other" } };
        await Commit(Given.Only(Given.PutDeadline(byCase), Given.PutDeadline(byAgent), Given.PutDeadline(elsewhere)));
        await Commit(Given.Only(Given.Remove(byCase)));
        Assert.Equal([byAgent], await Due("x", 10));
        Assert.Equal([elsewhere], await Read.Deadlines(DeadlineRow.ShardOf(elsewhere.Owner), Given.Start.AddDays(1), 10));
    }

    [Fact]
    public async Task Every_shard_has_its_own_deadlines()
    {
        DeadlineRow[] rows = [.. Enumerable.Range(0, 200).Select(i => Given.Deadline($"{i}", i % 10))];
        await Commit(Given.Only([.. rows.Select(Given.PutDeadline)]));
        for (var shard = 0; shard < DeadlineRow.Shards; shard++)
        {
            var due = await Read.Deadlines(shard, Given.Start.AddDays(1), 1000);
            Assert.Equal(rows.Where(row => DeadlineRow.ShardOf(row.Owner) == shard).OrderBy(row => row.DueAt).ThenBy(row => row.Owner.Id, StringComparer.Ordinal), due);
        }
    }

    private ValueTask<IReadOnlyList<DeadlineRow>> Due(string caseId, int seconds, int limit = 100) =>
        Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline(caseId, 0).Owner), Given.Start.AddSeconds(seconds), limit);
}
