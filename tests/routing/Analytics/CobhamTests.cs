using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>Priority classes: what must hold for any, and the balance of all states for two.</summary>
public sealed class CobhamTests
{
    [Fact]
    public void One_class_is_Erlang_C() =>
        Close.To(new ErlangC(Traffic.Of(10, 180, 180), 12).MeanWait, Assert.Single(Cobham.MeanWaits(12, 180, 10 / 180d)));

    [Fact]
    public void Priority_takes_from_one_what_it_gives_to_another()
    {
        double[] rates = [0.01, 0.02, 0.015, 0.005];
        var waits = Cobham.MeanWaits(10, 180, rates);
        Assert.Equal(waits.Order(), waits);
        var mean = rates.Zip(waits, (rate, wait) => rate * wait).Sum() / rates.Sum();
        Close.To(new ErlangC(new Traffic(rates.Sum(), 180), 10).MeanWait, mean);
    }

    /// <summary>Kleinrock's conservation law: Σ ρ·W = ρ·R/(1 − ρ), whatever the order (Kleinrock 1976, Queueing Systems II, ch. 3).</summary>
    [Fact]
    public void With_different_handling_times_the_work_that_waits_is_conserved()
    {
        PriorityClass[] classes = [new(0.001, 200, 0), new(0.002, 100, 1), new(0.0005, 600, 4)];
        var turned = classes.Reverse().ToArray();
        var load = classes.Sum(each => each.CallsPerSecond * each.HandlingSeconds);
        var rest = (0.001 * 200 * 200 * 1 + 0.002 * 100 * 100 * 2 + 0.0005 * 600 * 600 * 5) / 2;
        foreach (var order in new[] { classes, turned })
            Close.To(load * rest / (1 - load), order.Zip(Cobham.MeanWaits(order), (each, wait) => each.CallsPerSecond * each.HandlingSeconds * wait).Sum());
    }

    [Fact]
    public void One_agent_with_exponential_times_is_the_same_either_way()
    {
        var one = Cobham.MeanWaits(1, 180, 0.001, 0.002, 0.0015);
        var other = Cobham.MeanWaits(new PriorityClass(0.001, 180), new PriorityClass(0.002, 180), new PriorityClass(0.0015, 180));
        foreach (var (left, right) in one.Zip(other)) Close.To(left, right);
    }

    /// <summary>Sweeps over the states (waiting of class 1, waiting of class 2), all agents busy, until they are in balance.</summary>
    [Theory]
    [InlineData(1, 0.2, 0.3)]
    [InlineData(3, 1.0, 0.8)]
    [InlineData(3, 0.3, 1.5)]
    public void Two_classes_are_in_balance(int agents, double high, double low)
    {
        const int Size = 60;
        var share = new double[Size, Size];
        share[0, 0] = 1;
        for (var sweep = 0; sweep < 3000; sweep++)
            for (var i = 0; i < Size; i++)
                for (var j = 0; j < Size; j++)
                    if (i + j > 0) share[i, j] = Inflow(share, i, j, agents, high, low) / (high + low + agents);
        var (sum, first, second) = (0d, 0d, 0d);
        for (var i = 0; i < Size; i++)
            for (var j = 0; j < Size; j++)
                (sum, first, second) = (sum + share[i, j], first + i * share[i, j], second + j * share[i, j]);
        var busy = new ErlangC(Traffic.Of(high + low, 1, 1), agents).Waits;
        var waits = Cobham.MeanWaits(agents, 1, high, low);
        Close.To(busy * first / sum / high, waits[0], 1e-8);
        Close.To(busy * second / sum / low, waits[1], 1e-8);
    }

    [Fact]
    public void A_load_that_is_too_much_is_refused()
    {
        Assert.Throws<UnstableLoadException>(() => Cobham.MeanWaits(2, 1, 1, 1));
        Assert.Throws<UnstableLoadException>(() => Cobham.MeanWaits(new PriorityClass(1, 0.5), new PriorityClass(1, 0.5)));
        Assert.Throws<ArgumentException>(() => Cobham.MeanWaits(2, 1));
        Assert.Throws<ArgumentException>(() => Cobham.MeanWaits());
        Assert.Throws<ArgumentOutOfRangeException>(() => Cobham.MeanWaits(2, 1, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorityClass(1, 1, -1));
    }

    /// <summary>A call of either class comes; or an agent is done, takes one of class 1, or of class 2 if there is none.</summary>
    private static double Inflow(double[,] share, int i, int j, int agents, double high, double low)
    {
        double At(int x, int y) => x >= 0 && y >= 0 && x < share.GetLength(0) && y < share.GetLength(1) ? share[x, y] : 0;
        var done = At(i + 1, j) + (i == 0 ? At(0, j + 1) : 0);
        return high * At(i - 1, j) + low * At(i, j - 1) + agents * done;
    }
}
