using System.Collections.Immutable;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Tests.Contract;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Journal.Tests.Sqlite;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Simulation.Tests.Statistics;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>Reports say what the events say, in every store, whatever happens to whoever follows.</summary>
public abstract class ReportContract(IStore store) : JournalContract(store)
{
    [Fact]
    public async Task A_recorded_week_is_told_as_loops_over_its_events_tell_it()
    {
        var week = RecordedWeek.Read();
        var half = week.FindIndex(recorded => recorded.Event.At > new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero));
        await using var history = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 333, Remembered = 40 });
        await RecordedWeek.Write(Journal, week[..half]);
        await Compare(week[..half], history, week[half].Event.At, "Europe/Madrid");
        await RecordedWeek.Write(Journal, week[half..]);
        await Compare(week, history, week[^1].Event.At.AddHours(1), "Europe/Madrid");
        await Compare(week, history, week[^1].Event.At.AddHours(1), "America/St_Johns");
        Assert.Empty(await history.Reports.Differences(await Audit(), Cancel));
    }

    [Fact]
    public async Task Who_dies_between_batches_counts_everything_once()
    {
        var week = RecordedWeek.Read();
        await RecordedWeek.Write(Journal, week);
        for (var life = 0; life < 12; life++)
        {
            var batches = 0;
            var options = new HistoryOptions { BatchLimit = 41, Remembered = 10, BeforeBatch = () => { if (++batches == 4) throw new IOException("killed"); } };
            await using var dies = JournalHistory.Of(Journal, TimeProvider.System, options: options);
            await Assert.ThrowsAsync<IOException>(() => dies.CatchUp(Cancel).AsTask());
        }
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        await Compare(week, history, week[^1].Event.At, "UTC");
        Assert.Empty(await history.Reports.Differences(await Audit(), Cancel));
    }

    [Fact]
    public async Task A_customer_who_is_erased_is_missing_in_no_number()
    {
        var lives = new Lives(Journal);
        await lives.Live(Lives.Customer, 1);
        await lives.Live(Lives.Customer, 2);
        await lives.Live("chat:octavio", 1);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        var before = await All(history, Given.Workspace);
        Assert.Equal(3, before.Queues.Sum(row => row.Counts.Arrived));
        Assert.IsType<AppendResult.Committed>(await Journal.Append(await lives.Erasing(Lives.Customer), Cancel));
        Assert.Equal(before, await All(history, Given.Workspace));
        await using var anew = JournalHistory.InMemory(Journal, TimeProvider.System);
        Assert.Equal(before, await All(anew, Given.Workspace));
    }

    [Fact]
    public async Task Archived_cases_stay_in_every_number_also_when_it_is_counted_anew()
    {
        if (Journal is not IJournalArchive archive) return;
        using var folder = new TemporaryFolder();
        await Journal.Append(Given.Configured(Given.Workspace), Cancel);
        var lives = new Lives(Journal);
        await lives.Live(Lives.Customer, 1);
        await lives.Live("chat:octavio", 1);
        await lives.Live("chat:ramiro", 1, close: false);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        var before = await All(history, Given.Workspace);
        var batches = await archive.Archive(new ArchiveOrder(folder.File("archive"), Given.Start.AddDays(30), Given.Start.AddDays(90)), Cancel).ToListAsync(Cancel);
        Assert.Equal(2, batches.Sum(batch => batch.Cases.Length));
        Assert.Equal(before, await All(history, Given.Workspace));
        await history.Rebuild(cancel: Cancel);
        Assert.Equal(before, await All(history, Given.Workspace));
        Assert.Empty(await history.Reports.Differences(await Audit(), Cancel));
    }

    [Fact]
    public async Task Sums_that_are_not_what_the_events_make_are_named()
    {
        var week = RecordedWeek.Read();
        await RecordedWeek.Write(Journal, week[..200]);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        var audit = await Audit();
        await RecordedWeek.Write(Journal, week[200..400]);
        await audit.Compare(history.Reports, Cancel);
        var found = audit.Violations.Where(violation => violation is { Invariant: 9, Workspace: RecordedWeek.Workspace }).Select(violation => violation.What).ToList();
        foreach (var kind in new[] { "queue", "agent", "the time of" })
            Assert.Contains(found, what => what.StartsWith($"the reports of {kind} ", StringComparison.Ordinal));
    }

    protected async Task Compare(List<RecordedEvent> events, JournalHistory history, DateTimeOffset now, string zone)
    {
        var naive = new NaiveReports(events, now);
        Assert.True(ReportPeriod.TryZone(zone, out var found));
        foreach (var minutes in (int?[])[15, 30, 60, null])
        {
            var spans = ReportPeriod.Cut(found, new DateOnly(2026, 3, 25), new DateOnly(2026, 4, 1), minutes is { } length ? TimeSpan.FromMinutes(length) : null);
            var query = new ReportQuery(RecordedWeek.Workspace, spans, null, now);
            Assert.Equal(naive.Queues(spans), (await history.Reports.Queues(query, Cancel)).Where(row => row.Counts != default || row.LongestWaitMs > 0));
            if (minutes is null) Assert.Equal(naive.Agents(spans), await history.Reports.Agents(query, Cancel));
        }
    }

    protected async Task<JournalAudit> Audit()
    {
        var audit = new JournalAudit(TimeSpan.FromDays(1000));
        await foreach (var recorded in Journal.ReadAll(0, Cancel)) audit.Check(recorded);
        return audit;
    }

    private static async Task<Sums> All(JournalHistory history, string workspace)
    {
        var query = new ReportQuery(workspace, ReportPeriod.Cut(TimeZoneInfo.Utc, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), null), null, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new Sums(await history.Reports.Queues(query, Cancel), await history.Reports.Agents(query, Cancel));
    }

    private sealed record Sums(ImmutableArray<QueueInterval> Queues, ImmutableArray<AgentDay> Agents)
    {
        public bool Equals(Sums? other) => other is not null && Queues.SequenceEqual(other.Queues) && Agents.SequenceEqual(other.Agents);

        public override int GetHashCode() => Queues.Length;
    }
}

public sealed class MemoryReportTests() : ReportContract(new MemoryStore());

public sealed class SqliteReportTests() : ReportContract(new SqliteStore());

public sealed class PostgresReportTests() : ReportContract(new PostgresStore())
{
    [Fact]
    public async Task Two_who_follow_at_once_count_nothing_twice()
    {
        var week = RecordedWeek.Read();
        await using var one = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 23 });
        await using var other = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 17 });
        foreach (var part in week.Chunk(300))
        {
            await RecordedWeek.Write(Journal, part);
            await Task.WhenAll(one.CatchUp(Cancel).AsTask(), other.CatchUp(Cancel).AsTask());
        }
        await Compare(week, other, week[^1].Event.At, "Europe/Madrid");
        Assert.Empty(await one.Reports.Differences(await Audit(), Cancel));
    }
}
