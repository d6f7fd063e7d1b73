using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>
/// Figures computed apart from this project with 40 digits (mpmath 1.3), by other formulas: Erlang A from the density of the offered wait,
/// proportional to exp(λ(1 − e^(−θx))/θ − nμx) (Zeltyn and Mandelbaum 2005, Call centers with impatient customers: M/M/n+G), integrated
/// numerically; with a limit of the queue from the states' products, and the sums of exponential times by partial fractions with 120 digits.
/// </summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(1, 0.01, 0.009900990099009901, 0.01)]
    [InlineData(10, 5.0, 0.018384570336648133, 0.036105359158320186)]
    [InlineData(14, 10.0, 0.056819143386520859, 0.17413193359504984)]
    [InlineData(55, 50.0, 0.053748812125758225, 0.38454731793292854)]
    [InlineData(120, 12.0, 2.9162308212918049e-75, 3.2402564681020054e-75)]
    [InlineData(300, 3.0, 0, 0)] // 2.2e-473
    [InlineData(1000, 1000.0, 0.024811917646160408, -1)]
    [InlineData(1000, 1050.0, 0.06026040684088739, -1)]
    [InlineData(100_000, 99_000.0, 8.2257755985042223e-6, 0.0008219082374107954)]
    [InlineData(100_000, 100_000.0, 0.0025188934235469064, -1)]
    [InlineData(100_000, 1_000_000.0, 0.90000011111083676, -1)]
    public void Erlang_B_and_C(int agents, double load, double blocking, double waits)
    {
        Close.Relatively(blocking, ErlangB.Blocking(agents, load), 1e-11);
        if (load < agents) Close.Relatively(waits, new ErlangC(Traffic.Of(load, 1, 1), agents).Waits, 1e-11);
    }

    /// <summary>n, a, h, mean patience, T; busy, abandoned, E(W), E(W | served), E(W | abandoned), served by T, abandoned by T, queue length.</summary>
    [Theory]
    [InlineData(13, 10.0, 180.0, 300.0, 20.0, 0.2257970840473753, 0.02496330363357188, 7.488991090071563, 6.91396830606578, 29.94869129170714, 0.8581777000307626, 0.01162860467640536, 0.4160550605595313)]
    [InlineData(50, 48.0, 60.0, 120.0, 20.0, 0.4677740685537904, 0.03091224916219322, 3.709469899463186, 3.615900239553114, 6.642844653048291, 0.9430189547469811, 0.02984543696082703, 2.967575919570549)]
    [InlineData(1, 0.01, 180.0, 60.0, 20.0, 0.009925531937515854, 0.007446806248414634, 0.4468083749048781, 0.1124712878343488, 45.00917947622142, 0.9909630254027931, 0.002671416036438434, 2.482268749471545e-5)]
    [InlineData(1, 10.0, 180.0, 60.0, 20.0, 0.9940373613813935, 0.9005962638618607, 54.03577583171164, 81.56790348496196, 50.99690429472617, 0.01478773785436569, 0.2805604845107117, 3.001987546206202)]
    [InlineData(5, 50.0, 180.0, 30.0, 20.0, 0.9998377372190165, 0.9000035150207258, 27.00010545062177, 54.33662176986877, 23.96283337570069, 0.005880521411948851, 0.4855029472778434, 7.500029291839381)]
    [InlineData(1000, 1000.0, 180.0, 60.0, 20.0, 0.3713963859917854, 0.01599369535485302, 0.9596217212911811, 0.9417548541676267, 2.05887423947172, 0.9840063022855175, 0.01599369533104646, 5.331231784951006)]
    [InlineData(1000, 950.0, 180.0, 60.0, 1.0, 0.04470220134174531, 0.001330337670421456, 0.07982026022528735, 0.07786901995206439, 1.544594586405276, 0.9719108228966288, 0.0005934847418568016, 0.421273595633461)]
    [InlineData(1000, 10000.0, 180.0, 60.0, 100.0, 1.0, 0.9, 54.0, 138.0651505796022, 44.65942771337753, 0, 0.8111243971624382, 3000.0)]
    [InlineData(100000, 100000.0, 180.0, 180.0, 0.5, 0.5004205221103652, 0.001261565209705301, 0.2270817377469541, 0.2269180103649589, 0.3566991590012898, 0.8093394895716548, 0.0009312730182116095, 126.1565209705301)]
    [InlineData(100000, 99500.0, 300.0, 90.0, 1.0, 0.0445891367753977, 0.0001423392832186792, 0.01281053548968112, 0.01277745195006075, 0.2452047824260174, 0.9992451620929487, 0.000141274978969615, 4.248827604077573)]
    [InlineData(100000, 1000000.0, 180.0, 60.0, 130.0, 1.0, 0.9, 54.0, 138.1542055841427, 44.64953271287303, 0, 0.8854411560073123, 300000.0)]
    [InlineData(100000, 105000.0, 180.0, 300.0, 15.0, 1.0, 0.04761904761904762, 14.28571428571429, 14.6361492517296, 7.277014965407982, 0.6570074025459225, 0.04715333832925018, 8333.333333333333)]
    [InlineData(20, 25.0, 180.0, 1.0, 5.0, 0.3058475118238421, 0.277010399408493, 0.277010399408493, 0.03715139451250527, 0.9030358718034823, 0.7228698158735897, 0.2759318589815965, 0.03847366658451291)]
    [InlineData(20, 25.0, 180.0, 1.0, 60.0, 0.3058475118238421, 0.277010399408493, 0.277010399408493, 0.03715139451250527, 0.9030358718034823, 0.722989600591507, 0.277010399408493, 0.03847366658451291)]
    [InlineData(10, 12.0, 180.0, 180000.0, 2000.0, 1.0, 0.1666666666666667, 30000.0, 32808.88037291183, 15955.59813544084, 0, 0.01104961070607765, 2000.0)]
    [InlineData(3, 2.5, 180.0, 60.0, 0.0, 0.3802937911244061, 0.2162554912447386, 12.97532947468431, 7.541296687866488, 32.66913393047354, 0.6197062088755939, 0.0, 0.1802129093706155)]
    public void Erlang_A(
        int agents, double load, double handling, double patience, double within,
        double busy, double abandoned, double wait, double ofServed, double ofAbandoned, double served, double gaveUp, double waiting)
    {
        var queue = new ErlangA(Traffic.Of(load, handling, handling), agents, patience);
        Close.To(busy, queue.AllBusy, 1e-12);
        Close.To(busy, queue.Waits, 1e-12);
        Close.To(abandoned, queue.Abandoned, 1e-12);
        Close.Relatively(wait, queue.MeanWait, 1e-11);
        Close.Relatively(ofServed, queue.MeanWaitOfServed, 1e-11);
        Close.Relatively(ofAbandoned, queue.MeanWaitOfAbandoned, 1e-11);
        Close.Relatively(waiting, queue.MeanQueueLength, 1e-11);
        Close.To(served, queue.ServiceLevel(within), 1e-12);
        Close.To(gaveUp, queue.AbandonedWithin(within), 1e-12);
    }

    /// <summary>n, a, h, mean patience, T, places; waits, abandoned, refused, E(W), E(W | served), E(W | abandoned), served by T.</summary>
    [Theory]
    [InlineData(20, 25, 180, 90, 20, 10, 0.7475402921472388, 0.2136410427424649, 0.01293249368694307, 19.4796138296985, 19.25653118501102, 20.28722092031076, 0.4613067527290555)]
    [InlineData(3, 3, 180, 600, 30, 5, 0.6285377134047696, 0.1238842047163168, 0.04758188842998801, 78.04400391678823, 74.91383581960629, 98.97847581823615, 0.4071645546638445)]
    [InlineData(5, 4.5, 300, 120, 15, 40, 0.3917249393183548, 0.1734538939893073, 4.517643656703234e-42, 20.81446727871688, 14.87326846524512, 49.12559152832961, 0.6534126041478251)]
    [InlineData(1, 10, 60, 60, 10, 3, 0.3517847904811174, 0.2534919813760993, 0.6466632177961718, 43.04538799414348, 57.38341968911917, 37.39795918367347, 0.006221498640278113)]
    [InlineData(40, 20, 180, 30, 5, 2, 3.985244809506087e-5, 6.409834308995805e-6, 4.644807470286815e-6, 0.0001922959224474112, 0.000163020563315167, 4.567398574960012, 0.99997657965835)]
    [InlineData(20, 25, 180, double.PositiveInfinity, 20, 10, 0.7366785528631443, 0.0, 0.2063234499658125, 60.17062502673441, 60.17062502673441, 0, 0.1228253082839414)]
    [InlineData(10, 10, 180, double.PositiveInfinity, 60, 30, 0.8655456814514548, 0.0, 0.02885152271504849, 248.6615082794383, 248.6615082794383, 0, 0.2017745382169917)]
    public void With_a_limit_of_the_queue(
        int agents, double load, double handling, double patience, double within, int limit,
        double waits, double abandoned, double blocked, double wait, double ofServed, double ofAbandoned, double served)
    {
        var queue = new ErlangA(Traffic.Of(load, handling, handling), agents, patience, limit);
        Close.To(waits, queue.Waits, 1e-12);
        Close.To(abandoned, queue.Abandoned, 1e-12);
        Close.To(blocked, queue.Blocked, 1e-12);
        Close.Relatively(wait, queue.MeanWait, 1e-11);
        Close.Relatively(ofServed, queue.MeanWaitOfServed, 1e-11);
        Close.Relatively(ofAbandoned, queue.MeanWaitOfAbandoned, 1e-11);
        Close.To(served, queue.ServiceLevel(within), 1e-12);
    }
}
