using System.Collections.Immutable;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>Runs through the real grains: against a plain recursion, against themselves, and against the invariants.</summary>
public sealed class ScenarioRunTests
{
    private static readonly RunOptions Unhashed = new() { HashJournal = false };

    /// <summary>Every contact's outcome is known without any grain where one group serves one type in the order of arrival.</summary>
    [Theory]
    [InlineData(1, "[45, 40, 50]", null, null)]
    [InlineData(4, "[210, 180, 200]", null, null)]
    [InlineData(4, "[260, 200, 300]", "90", null)]
    [InlineData(4, "[260, 200, 300]", null, 0)]
    [InlineData(3, "[260, 100, 300]", null, 2)]
    [InlineData(4, "[300, 200, 400]", "200", 5)]
    public void Every_figure_of_one_queue_is_that_of_a_plain_recursion(int agents, string perHour, string? patience, int? waiting)
    {
        var json = ScenarioText.Change(OneQueue(agents), "types[0].arrivals.perHour", perHour);
        if (patience is not null) json = ScenarioText.Change(json, "types[0].patience", $$"""{"distribution": "exponential", "mean": {{patience}}}""");
        if (waiting is not null) json = ScenarioText.Change(json, "limits", $$"""[{"queue": "calls", "waiting": {{waiting}}}]""");
        var scenario = ScenarioText.Parse(json);
        var run = ScenarioRunner.Run(scenario, 1, 7, Unhashed, cancel: TestContext.Current.CancellationToken);
        var expected = ReferenceQueue.Play(scenario, run.Seed);
        Assert.Equal(expected[0].Periods, run.Types[0].Periods);
        Assert.InRange(run.Types[0].Periods.Sum(period => period.Served), 200, 3_000);
        Assert.Equal(waiting is not null, run.Types[0].Periods.Sum(period => period.Blocked) > 0);
        Assert.Equal(patience is not null, run.Types[0].Periods.Sum(period => period.Abandoned) > 0);
    }

    /// <summary>Erlang's B formula: with 5 erlangs on 5 lines, 28.5 % find all lines taken.</summary>
    [Fact]
    public void Without_room_to_wait_as_many_are_turned_away_as_Erlang_says()
    {
        var json = ScenarioText.Change(OneQueue(5), "types[0].arrivals.perHour", "300");
        json = ScenarioText.Change(json, "types[0].service.mean", "60");
        json = ScenarioText.Change(ScenarioText.Change(json, "periods", """{"count": 3, "minutes": 400}"""), "limits", """[{"type": "calls", "waiting": 0}]""");
        var counts = ScenarioRunner.Run(ScenarioText.Parse(json), 1, 1, Unhashed, cancel: TestContext.Current.CancellationToken).Types[0].Periods;
        Assert.InRange(counts.Sum(period => period.Blocked) / (double)counts.Sum(period => period.Arrived), 0.265, 0.305);
    }

    [Fact]
    public void The_same_seed_and_number_give_the_same_run_also_side_by_side()
    {
        var scenario = Scenario.Read(ExampleScenarioTests.PathOf("social"));
        var runs = new Replication[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => runs[i] = ScenarioRunner.Run(scenario, 1 + (i % 2), 5, new RunOptions()));
        Same(runs[0], runs[2]);
        Same(runs[1], runs[3]);
        Assert.NotEqual(runs[0].JournalHash, runs[1].JournalHash);
        Assert.NotEqual(runs[0].Types[0].Periods, runs[1].Types[0].Periods);
    }

    /// <summary>Common random numbers: what is compared is the staffing, not the luck.</summary>
    [Fact]
    public void Contacts_stay_the_same_when_something_else_changes()
    {
        var few = ScenarioText.With(("types[0].patience", """{"distribution": "exponential", "mean": 60}"""));
        var many = few.WithStaffing(new Dictionary<int, ImmutableArray<int>> { [0] = [5, 5] });
        var other = ScenarioText.With(("types[1].name", "\"letters\""), ("types[1].arrivals.perHour", "55"), ("groups[0].serves", """["calls", "letters"]"""));
        Assert.Equal(Plan(few), Plan(many));
        Assert.Equal(Plan(few).Select(contact => (contact.Arrival, contact.Service)), Plan(other).Select(contact => (contact.Arrival, contact.Service)));
        var (less, more) = (Run(few), Run(many));
        Assert.Equal(less.Types[1].Periods.Select(period => period.Arrived), more.Types[1].Periods.Select(period => period.Arrived));
        Assert.True(less.Types[0].Periods.Sum(period => period.Abandoned) > more.Types[0].Periods.Sum(period => period.Abandoned));

        static List<(TimeSpan Arrival, TimeSpan Service, TimeSpan? Patience)> Plan(Scenario scenario) =>
            [.. Simulation.Scenarios.Running.Arrivals.Of(scenario, 9).Where(contact => contact.TypeIndex == 0).Select(contact => (contact.Arrival, contact.Service, contact.Patience))];
    }

    [Fact]
    public void A_factor_of_the_day_moves_all_its_arrivals()
    {
        var scenario = ScenarioText.With(("types[0].arrivals", """{"process": "poisson", "perHour": 400, "dayFactor": {"distribution": "gamma", "shape": 4, "mean": 1}}"""));
        var counts = Enumerable.Range(1, 200).Select(number => (double)Simulation.Scenarios.Running.Arrivals.Of(scenario, (ulong)number).Count(contact => contact.TypeIndex == 0)).ToList();
        // Mean 800; the variance is that of the factor, 800² / 4, and that of the process, 800.
        Assert.InRange(counts.Average(), 720, 880);
        Assert.InRange(Math.Sqrt(counts.Average(count => (count - 800) * (count - 800))), 320, 480);
    }

    /// <summary>Ring-outs, declines, breaks, wrap-up, stages, languages and limits, in many seeds.</summary>
    [Fact]
    public void Every_invariant_holds_and_every_count_is_the_journals_in_a_busy_day_of_ten_seeds()
    {
        var scenario = Scenario.Read(ExampleScenarioTests.PathOf("social"));
        scenario = scenario with { Groups = [.. scenario.Groups.Select(group => group with { RingOutProbability = 0.1, DeclineProbability = 0.1, WrapUpMode = WrapUpMode.Unavailable })] };
        Parallel.For(1, 11, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number => Audited(scenario, number));
    }

    [Fact]
    public void Sessions_that_the_workspace_ends_are_begun_again()
    {
        var scenario = ScenarioText.With(
            ("types[0].arrivals.perHour", "12"),
            ("groups[0].agents", "[4, 2]"),
            ("workspace", """{"presence": {"heartbeatSeconds": 20, "disconnectAfterSeconds": 60, "idleTimeoutSeconds": 300, "absoluteTimeoutSeconds": 2000}}"""));
        var run = Audited(scenario, 1);
        Assert.Equal(0, run.Types.Sum(type => type.Periods.Sum(period => period.Remaining)));
        Assert.InRange(run.Groups[0].Periods[0].StaffedSeconds, 4 * 3_600 * 0.99, 4 * 3_600);
    }

    [Fact]
    public void Who_is_served_by_nobody_remains_and_the_run_ends()
    {
        var scenario = ScenarioText.With(("groups[0].serves", """["mails"]"""));
        Assert.Equal(["No agent serves calls: its contacts give up, or remain."], scenario.Notes);
        var run = Audited(scenario, 1);
        Assert.All(run.Types[0].Periods, period => Assert.Equal(period.Arrived, period.Remaining));
        Assert.All(run.Types[1].Periods, period => Assert.Equal(0, period.Remaining));
        Assert.Equal(7_200, run.VirtualSeconds, 600.0);
    }

    [Fact]
    public void Breaks_take_agents_away_and_who_leaves_finishes()
    {
        var calm = ScenarioText.With(("types[0].service", "900"), ("groups[0].agents", "[5, 1]"));
        var (without, with) = (Audited(calm, 1), Audited(calm with
        {
            Groups = [calm.Groups[0] with { Breaks = [new BreakPlan.Fixed(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(15))] }],
        }, 1));
        Assert.Equal(5 * 3_600, without.Groups[0].Periods[0].StaffedSeconds);
        Assert.InRange(with.Groups[0].Periods[0].StaffedSeconds, 5 * 3_600 - (5 * 900), 5 * 3_600 - 900);
        // Four finish in the second hour what they held.
        Assert.InRange(without.Groups[0].Periods[1].StaffedSeconds, 3_600 + 100, 3_600 + (4 * 900));
        Assert.Equal(without.Groups[0].Periods[1].StaffedSeconds, without.Groups[0].Periods[1].BusySeconds, 60.0);
    }

    [Fact]
    public void The_warm_up_is_in_no_figure()
    {
        var whole = ScenarioText.With();
        var (all, later) = (Run(whole), Run(whole with { WarmUp = TimeSpan.FromMinutes(90) }));
        Assert.Equal(0, later.Types[0].Periods[0].Arrived);
        Assert.Equal((0, 1_800), (later.Types[0].Periods[0].ObservedSeconds, later.Types[0].Periods[1].ObservedSeconds));
        Assert.Equal(4 * 1_800, later.Groups[0].Periods[1].StaffedSeconds);
        Assert.InRange(later.Types[0].Periods[1].Arrived, 1, all.Types[0].Periods[1].Arrived - 1);
        Assert.True(later.Types[0].Periods[1].QueueSeconds <= all.Types[0].Periods[1].QueueSeconds);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Stopper(cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => ScenarioRunner.Run(ScenarioText.Parse(ScenarioText.Valid), 1, 1, Unhashed, progress, cancel.Token));
        Assert.InRange(progress.Contacts, 1, 100);
    }

    private static Replication Run(Scenario scenario) => ScenarioRunner.Run(scenario, 1, 1, Unhashed, cancel: TestContext.Current.CancellationToken);

    private static Replication Audited(Scenario scenario, int number)
    {
        IReadOnlyList<Violation> violations = [];
        var run = ScenarioRunner.Run(scenario, number, 1, new RunOptions
        {
            HashJournal = false,
            CheckAgainstJournal = true,
            Inspect = journal => violations = JournalAudit.Of(journal, TimeSpan.Zero).GetAwaiter().GetResult().Violations,
        });
        Assert.Empty(violations);
        Assert.All(run.Types.SelectMany(type => type.Periods), period => Assert.Equal(period.Arrived, period.Served + period.Abandoned + period.Blocked + period.Remaining));
        return run;
    }

    private static void Same(Replication a, Replication b)
    {
        Assert.Equal((a.Number, a.Seed, a.JournalHash, a.VirtualSeconds), (b.Number, b.Seed, b.JournalHash, b.VirtualSeconds));
        Assert.Equal(a.Types.SelectMany(type => type.Periods), b.Types.SelectMany(type => type.Periods));
        Assert.Equal(a.Groups.SelectMany(group => group.Periods), b.Groups.SelectMany(group => group.Periods));
    }

    private static string OneQueue(int agents) => $$"""
        {
          "name": "one queue",
          "start": "2026-03-02T08:00",
          "periods": { "count": 3, "minutes": 100 },
          "warmUpMinutes": 20,
          "types": [
            { "name": "calls", "arrivals": { "process": "poisson", "perHour": 0 }, "service": { "distribution": "exponential", "mean": 70 } }
          ],
          "groups": [{ "name": "lines", "agents": {{agents}}, "serves": ["calls"] }]
        }
        """;

    private sealed class Stopper(CancellationTokenSource cancel) : IProgress<RunProgress>
    {
        public long Contacts { get; private set; }

        public void Report(RunProgress value)
        {
            Contacts = value.Contacts;
            cancel.Cancel();
        }
    }
}
