using System.Collections.Immutable;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Workspaces;
using RoutingGrid.Simulation.Tests.Faults;
using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Statistics;

/// <summary>What the tables say, what a fold says and what bare loops say is the same, to the millisecond.</summary>
public sealed class ReportAgreementTests
{
    private static readonly int?[] Lengths = [15, 30, 60, null];

    public static TheoryData<ulong, string, string, string> Weeks => new()
    {
        // In Madrid the clock leaps from 2:00 to 3:00 on 2026-03-29, in St. John's it falls from 2:00 to 1:00 on 2026-11-01.
        { 1, "Memory", "Europe/Madrid", "2026-03-26T20:11:07.123Z" },
        { 2, "Sqlite", "Europe/Madrid", "2026-03-27T05:00:00Z" },
        { 3, "Memory", "America/St_Johns", "2026-10-30T11:59:59.999Z" },
        { 4, "Sqlite", "America/St_Johns", "2026-10-31T03:33:33.333Z" },
        { 5, "Memory", "UTC", "2026-12-30T12:00:00Z" },
        { 6, "Sqlite", "Australia/Lord_Howe", "2026-04-03T00:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Weeks))]
    public async Task Tables_fold_and_loops_agree_on_weeks(ulong seed, string store, string zone, string begins)
    {
        var faults = seed % 2 == 0 ? FaultKinds.All : FaultKinds.None;
        var week = Stretched.Run(new SeedSpec(seed, Enum.Parse<Store>(store), faults)).To(DateTimeOffset.Parse(begins, null), times: 40);
        await using var journal = new MemoryJournal();
        await using var history = JournalHistory.InMemory(journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 257, Remembered = 50 });
        var fold = new ReportFold();
        // At the end, and in the midst of things, where much still goes on.
        var half = week.Count / 2;
        await Stretched.Write(journal, week[..half]);
        Fold(fold, week[..half]);
        await Compare(week[..half], fold, history, zone, week[half - 1].Event.At.AddMinutes(3));
        await Resume(journal, week, half);
        Fold(fold, week[half..]);
        await Compare(week, fold, history, zone, week[^1].Event.At.AddHours(30));
        Assert.Empty(await history.Reports.Differences(await AuditOf(journal)));
    }

    [Fact]
    public void A_difference_of_a_millisecond_is_noticed()
    {
        var week = Stretched.Run(new SeedSpec(1)).To(new DateTimeOffset(2026, 3, 26, 0, 0, 0, TimeSpan.Zero), times: 40);
        var days = NaiveReports.Cut("UTC", new DateOnly(2026, 3, 25), new DateOnly(2026, 4, 10), null);
        var other = week.FindIndex(recorded => recorded.Event is CaseClosed { Kind: CloseKind.Handled });
        var moved = week.ToList();
        moved[other] = moved[other] with { Event = moved[other].Event with { At = moved[other].Event.At.AddMilliseconds(1) } };
        Assert.NotEqual(new NaiveReports(week, week[^1].Event.At).Queues(days), new NaiveReports(moved, week[^1].Event.At).Queues(days));
    }

    private static async Task Compare(List<RecordedEvent> events, ReportFold fold, JournalHistory history, string zone, DateTimeOffset now)
    {
        var naive = new NaiveReports(events, now);
        Assert.True(ReportPeriod.TryZone(zone, out var found));
        var (first, last) = (ReportPeriod.DateOf(found, events[0].Event.At).AddDays(-1), ReportPeriod.DateOf(found, now).AddDays(1));
        foreach (var minutes in Lengths)
        {
            var expected = NaiveReports.Cut(zone, first, last, minutes);
            var spans = ReportPeriod.Cut(found, first, last, minutes is { } length ? TimeSpan.FromMinutes(length) : null);
            Assert.Equal(expected, spans);
            var query = new ReportQuery(events[0].Stream.Workspace, spans, null, now);
            var rows = naive.Queues(spans);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, Telling(fold.Queues(spans, now.ToUnixTimeMilliseconds())));
            Assert.Equal(rows, Telling(await history.Reports.Queues(query)));
            var one = rows[0].Queue;
            Assert.Equal(rows.Where(row => row.Queue == one), Telling(await history.Reports.Queues(query with { Only = one })));
            if (minutes is null) await CompareAgents(naive, fold, history, query);
        }
    }

    private static async Task CompareAgents(NaiveReports naive, ReportFold fold, JournalHistory history, ReportQuery query)
    {
        var rows = naive.Agents(query.Spans);
        Assert.NotEmpty(rows);
        Assert.Equal(rows, Telling(fold.Agents(query.Spans, query.Now.ToUnixTimeMilliseconds())));
        Assert.Equal(rows, Telling(await history.Reports.Agents(query)));
        Assert.Equal(rows.Where(row => row.Agent == rows[0].Agent), Telling(await history.Reports.Agents(query with { Only = rows[0].Agent })));
    }

    private static IEnumerable<QueueInterval> Telling(ImmutableArray<QueueInterval> rows) => rows.Where(row => row.Counts != default || row.LongestWaitMs > 0);

    private static IEnumerable<AgentDay> Telling(ImmutableArray<AgentDay> rows) => rows.Where(row => row.Counts != default || row.FirstAct is not null || row.SignedInMs > 0);

    private static void Fold(ReportFold fold, IEnumerable<RecordedEvent> events)
    {
        foreach (var (_, stream, _, happened) in events)
        {
            if (happened is WorkspaceConfigured configured) fold.Configured(configured.Configuration);
            else if (stream.Kind == StreamKind.Case) fold.OfCase(stream.Id, happened);
            else if (stream.Kind == StreamKind.Agent) fold.OfAgent(stream.Id, happened);
        }
    }

    private static async Task Resume(MemoryJournal journal, List<RecordedEvent> week, int from)
    {
        foreach (var (_, stream, version, happened) in week[from..])
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(stream, version - 1, [happened]), [])));
    }

    private static async Task<JournalAudit> AuditOf(IJournal journal)
    {
        var audit = new JournalAudit(TimeSpan.FromDays(1000));
        await foreach (var recorded in journal.ReadAll()) audit.Check(recorded);
        return audit;
    }
}
