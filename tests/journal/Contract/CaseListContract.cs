using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.Contract;

public abstract class CaseListContract(IStore store) : JournalContract(store)
{
    [Fact]
    public async Task The_last_row_of_an_append_wins()
    {
        await Commit(Given.Only(Given.Put("1", Given.Queued("a")), Given.Put("1", Given.Queued("b"))));
        Assert.Equal("b", (await Read.Case(Given.Workspace, "1"))!.State.Queue);
        Assert.Null(await Read.Case(Given.Workspace, "2"));
        Assert.Null(await Read.Case("other", "1"));
    }

    [Fact]
    public async Task A_row_comes_back_with_its_whole_state()
    {
        var state = (CaseState)Codec.Filled.Full(typeof(CaseState));
        await Commit(Given.Only(Given.Put("1", state)));
        Assert.Equal(Codec.Filled.Describe(state), Codec.Filled.Describe((await Read.Case(Given.Workspace, "1"))!.State));
    }

    [Fact]
    public async Task Cases_to_route_are_those_in_a_queue_or_offered()
    {
        await Commit(Given.Only(
            Given.Put("9", Given.Queued()),
            Given.Put("10", Given.Offered(Given.Queued(), "ana")),
            Given.Put("held", Given.Held(Given.Queued(), "ana")),
            Given.Put("transfer", Given.Held(Given.Queued(), "ana") with { Offers = Given.Offered(Given.Queued(), "ben").Offers }),
            Given.Put("closed", Given.Closed(Given.Queued())),
            Given.Put("elsewhere", Given.Queued(), "other")));
        Assert.Equal(["10", "9", "transfer"], (await Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));

        await Commit(Given.Only(Given.Put("9", Given.Held(Given.Queued(), "ana")), Given.Put("held", Given.Queued())));
        Assert.Equal(["10", "held", "transfer"], (await Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Empty(await Read.CasesToRoute("never"));
    }

    [Fact]
    public async Task An_agents_cases_are_those_held_or_offered()
    {
        await Commit(Given.Only(
            Given.Put("1", Given.Offered(Given.Queued(), "ana", "ben")), Given.Put("2", Given.Held(Given.Queued(), "ana")), Given.Put("3", Given.Queued())));
        Assert.Equal(["1", "2"], await CasesOf("ana"));
        Assert.Equal(["1"], await CasesOf("ben"));

        await Commit(Given.Only(Given.Put("1", Given.Held(Given.Queued(), "ben"))));
        Assert.Equal(["2"], await CasesOf("ana"));
        Assert.Equal(["1"], await CasesOf("ben"));

        await Commit(Given.Only(Given.Put("1", Given.Closed(Given.Queued())), Given.Put("2", Given.Held(Given.Queued(), "ben"))));
        Assert.Empty(await CasesOf("ana"));
        Assert.Equal(["2"], await CasesOf("ben"));
        Assert.Empty(await CasesOf("never"));
    }

    [Fact]
    public async Task Open_cases_are_counted_by_queue_and_status()
    {
        await Commit(Given.Only(
            Given.Put("1", Given.Queued("b")), Given.Put("2", Given.Queued("b")), Given.Put("3", Given.Held(Given.Queued("a"), "ana")), Given.Put("4", Given.Closed(Given.Queued("a")))));
        Assert.Equal([new QueueCount("a", CaseStatus.Assigned, 1), new QueueCount("b", CaseStatus.Queued, 2)], await Read.OpenByQueue(Given.Workspace));

        await Commit(Given.Only(Given.Put("1", Given.Closed(Given.Queued("b"))), Given.Put("4", Given.Queued("a"))));
        Assert.Equal(
            [new QueueCount("a", CaseStatus.Queued, 1), new QueueCount("a", CaseStatus.Assigned, 1), new QueueCount("b", CaseStatus.Queued, 1)],
            await Read.OpenByQueue(Given.Workspace));
    }

    [Fact]
    public async Task Every_filter_finds_what_it_says_newest_first()
    {
        CaseState[] states = [.. Enumerable.Range(0, 120).Select(State)];
        for (var i = 0; i < states.Length; i++) await Commit(Given.Only(Given.Put($"{i}", states[i]), Given.Put($"{i}", Given.Queued(), "other")));

        CaseStatus?[] statuses = [null, CaseStatus.Queued, CaseStatus.Offered, CaseStatus.Assigned, CaseStatus.Closed];
        foreach (var status in statuses)
            foreach (var queue in (string?[])[null, "q0", "q1"])
                foreach (var agent in (string?[])[null, "a0", "never"])
                    foreach (var customer in (string?[])[null, "c1", "never"])
                        foreach (var openOnly in (bool[])[false, true])
                        {
                            var filter = new CaseFilter(status, queue, agent, customer, openOnly);
                            var expected = states.Index().Where(s => Wanted(filter, s.Item)).Reverse().Select(s => $"{s.Index}");
                            Assert.Equal(expected, await AllPages(filter, 7));
                        }
    }

    [Fact]
    public async Task Pages_are_stable_while_cases_arrive_and_change()
    {
        for (var i = 0; i < 20; i++) await Commit(Given.Only(Given.Put($"{i}", Given.Queued())));
        var seen = new List<string>();
        for (string? cursor = null; seen.Count == 0 || cursor is not null;)
        {
            var page = await Read.Cases(Given.Workspace, new CaseFilter(), cursor, 3);
            seen.AddRange(page.Items.Select(row => row.CaseId));
            cursor = page.Next;
            await Commit(Given.Only(Given.Put($"new {seen.Count}", Given.Queued()), Given.Put("5", Given.Held(Given.Queued(), "ana"))));
        }
        Assert.Equal(Enumerable.Range(0, 20).Reverse().Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_case_has_no_next()
    {
        for (var i = 0; i < 4; i++) await Commit(Given.Only(Given.Put($"{i}", Given.Queued())));
        var first = await Read.Cases(Given.Workspace, new CaseFilter(), null, 2);
        Assert.NotNull(first.Next);
        Assert.Null((await Read.Cases(Given.Workspace, new CaseFilter(), first.Next, 2)).Next);
        Assert.Empty((await Read.Cases("never", new CaseFilter(), null, 2)).Items);
    }

    [Theory, InlineData(""), InlineData("x"), InlineData("123"), InlineData("AQAAAAAAAAAAAAA"), InlineData("ñandú"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_of_somebody_elses_is_refused(string cursor)
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(async () => await Read.Cases(Given.Workspace, new CaseFilter(), cursor, 10));
        Assert.Contains("cursor", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_nothing_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Read.Cases(Given.Workspace, new CaseFilter(), null, 0));

    private async Task<IEnumerable<string>> CasesOf(string agent) => (await Read.CasesOf(Given.Workspace, agent)).Select(row => row.CaseId);

    private async Task<List<string>> AllPages(CaseFilter filter, int limit)
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Read.Cases(Given.Workspace, filter, cursor, limit);
            Assert.InRange(page.Items.Length, 0, limit);
            seen.AddRange(page.Items.Select(row => row.CaseId));
            cursor = page.Next;
        }
        while (cursor is not null);
        return seen;
    }

    private static CaseState State(int i)
    {
        var queued = Given.Queued($"q{i % 3}", $"c{i % 5}");
        return (i % 4) switch
        {
            0 => queued,
            1 => Given.Offered(queued, $"a{i % 7}", "a0"),
            2 => Given.Held(queued, $"a{i % 7}"),
            _ => Given.Closed(queued),
        };
    }

    private static bool Wanted(CaseFilter filter, CaseState state) =>
        (filter.Status ?? state.Status) == state.Status && (filter.Queue ?? state.Queue) == state.Queue && (filter.Customer ?? state.CustomerId) == state.CustomerId
        && (filter.Agent is null || state.Holder == filter.Agent || state.Offers.Any(offer => offer.AgentId == filter.Agent))
        && (!filter.OpenOnly || state.IsOpen);
}
