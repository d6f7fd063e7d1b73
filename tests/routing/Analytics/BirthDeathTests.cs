using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>The solver against closed forms, and what it refuses.</summary>
public sealed class BirthDeathTests
{
    public static TheoryData<int, double> Centers => new()
    {
        { 1, 0.01 }, { 1, 0.9 }, { 10, 5 }, { 10, 9.9 }, { 100, 60 }, { 100, 99 }, { 1000, 700 }, { 1000, 990 }, { 10_000, 9_900 }, { 100_000, 99_000 }, { 100_000, 99_990 },
    };

    public static TheoryData<int, double> Loads => new()
    {
        { 1, 0.01 }, { 1, 10 }, { 10, 5 }, { 10, 100 }, { 100, 99 }, { 1000, 10_000 }, { 100_000, 99_000 }, { 100_000, 100_000 }, { 100_000, 1_000_000 },
    };

    [Theory, MemberData(nameof(Loads))]
    public void A_chain_that_ends_with_the_last_agent_is_Erlang_B(int agents, double load) =>
        Close.To(ErlangB.Blocking(agents, load), Agents(load, agents, agents).Solve()[agents]);

    [Theory, MemberData(nameof(Centers))]
    public void A_chain_without_end_is_Erlang_C(int agents, double load)
    {
        var states = Agents(load, agents, null).Solve();
        var queue = new ErlangC(Traffic.Of(load, 1, 1), agents);
        Close.To(queue.Waits, states.Sum(agents, long.MaxValue, _ => 1));
        Close.To(queue.MeanQueueLength, states.Sum(agents, long.MaxValue, state => state - agents));
        Close.To(queue.Occupancy, states.Sum(0, long.MaxValue, state => Math.Min(state, agents)) / agents);
    }

    /// <summary>Geometric beyond the last agent: Kleinrock 1975, section 3.6 with a finite room.</summary>
    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(1, 0.5, 4)]
    [InlineData(5, 10, 7)]
    [InlineData(40, 40, 100)]
    [InlineData(1000, 1100, 60)]
    [InlineData(100_000, 100_000, 1000)]
    public void A_chain_that_ends_later_is_the_queue_with_a_limit(int agents, double load, int limit)
    {
        var states = Agents(load, agents, agents + limit).Solve();
        var (ratio, blocking) = (load / agents, ErlangB.Blocking(agents, load));
        var waiting = Enumerable.Range(0, limit + 1).Sum(k => Math.Pow(ratio, k));
        var allBusyNobodyWaits = 1 / (1 / blocking + waiting - 1);
        Close.To(allBusyNobodyWaits, states[agents]);
        Close.To(allBusyNobodyWaits * Math.Pow(ratio, limit), states[agents + limit]);
    }

    /// <summary>Where calls give up as fast as agents finish them, everybody leaves alike: the states are Poisson (M/M/∞).</summary>
    [Theory, MemberData(nameof(Loads))]
    public void A_chain_in_which_waiting_ends_like_talking_is_Poisson(int agents, double load)
    {
        var states = new BirthDeath(_ => load, state => Math.Min(state, agents) + Math.Max(0d, state - agents), 0, null).Solve();
        Close.To(load, states.Mean);
        Close.To(load, states.Sum(0, long.MaxValue, state => (state - load) * (state - load)), 1e-9);
    }

    /// <summary>Palm's sum 1 + a/(n + θ) + a²/((n + θ)(n + 2θ)) + …, term by term (Mandelbaum and Zeltyn 2005, The Palm/Erlang-A queue, section 3).</summary>
    [Theory]
    [InlineData(1, 0.01, 3)]
    [InlineData(10, 12, 0.5)]
    [InlineData(100, 98, 2)]
    [InlineData(1000, 1000, 0.1)]
    [InlineData(5000, 5500, 1)]
    public void A_chain_with_abandonment_is_Erlang_A(int agents, double load, double hangUps)
    {
        var states = new BirthDeath(_ => load, state => Math.Min(state, agents) + hangUps * Math.Max(0, state - agents), 0, null).Solve();
        var (sum, term) = (1d, 1d);
        for (var j = 1; term > 1e-25 * sum; j++) sum += term *= load / (agents + j * hangUps);
        var blocking = ErlangB.Blocking(agents, load);
        var busy = sum * blocking / (1 + (sum - 1) * blocking);
        Close.To(busy, states.Sum(agents, long.MaxValue, _ => 1));
        Close.To(busy, new ErlangA(Traffic.Of(load, 1, 1), agents, 1 / hangUps).AllBusy);
    }

    [Fact]
    public void What_is_left_out_is_as_little_as_promised()
    {
        var states = new BirthDeath(_ => 0.9, _ => 1, 0, null).Solve();
        Assert.InRange(Math.Pow(0.9, states.Last + 1), 0, BirthDeath.LeftOut * 10); // Relative to the top, whose share is a tenth.
        Close.To(9, states.Mean, 1e-13);
    }

    [Fact]
    public void A_chain_may_begin_anywhere_and_have_one_state()
    {
        Assert.Equal((7L, 1d), (new BirthDeath(_ => 5, _ => 1, 7, 7).Solve().First, new BirthDeath(_ => 5, _ => 1, 7, 7).Solve()[7]));
        Close.To(4 / 7d, new BirthDeath(_ => 2, _ => 1, -3, -1).Solve()[-1]);
    }

    [Fact]
    public void One_that_runs_away_is_refused() =>
        Assert.Throws<UnstableLoadException>(() => new BirthDeath(_ => 1, _ => 1, 0, null).Solve());

    [Fact]
    public void One_with_two_tops_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BirthDeath(state => state == 20 ? 5 : 0.5, _ => 1, 0, 100).Solve());

    [Fact]
    public void One_that_spreads_too_far_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BirthDeath(_ => 1 - 1e-9, _ => 1, 0, null).Solve());

    private static BirthDeath Agents(double load, int agents, long? last) => new(_ => load, state => Math.Min(state, agents), 0, last);
}
