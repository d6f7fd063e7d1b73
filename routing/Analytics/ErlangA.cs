using System.Globalization;

namespace RoutingGrid.Routing.Analytics;

/// <summary>
/// Callers who hang up when their patience, exponentially distributed, is over, first come first served: Palm's Erlang-A queue
/// (M/M/n+M); with a limit of the queue M/M/n/K+M; with the limit and endless patience M/M/n/K. All times are in seconds, all shares
/// are of all calls, from 0 to 1, and have an absolute error below 1e-10 for up to 100,000 agents at up to 10 times their load.
/// </summary>
/// <remarks>
/// Palm 1957 (Research on telephone traffic carried by full availability groups); Mandelbaum and Zeltyn 2005 (The Palm/Erlang-A
/// queue, with applications to call centers, sections 3 and 4). How many wait while all agents are busy is a birth-and-death process; how often they are busy
/// follows from Erlang's loss formula, since both halves share the state in which all are busy and nobody waits.
/// A wait that does not exist (nobody abandons, nobody is let in) is 0.
/// </remarks>
public sealed class ErlangA
{
    /// <summary>The most calls that can be let wait.</summary>
    public const int MostWaiting = 10_000_000;

    /// <summary>The most that agents × patience / handling time can be: beyond it, patience hardly matters, or queues take days to settle.</summary>
    public const double MostPatience = 1e7;

    /// <summary>The most Erlang per agent for which shares within a time are computed: beyond it, fewer than one call in a hundred is served.</summary>
    public const double MostOverload = 100;

    private readonly Traffic _traffic;
    private readonly int _agents;
    private readonly double _arrivals;
    private readonly double _completions;
    private readonly double _hangUps;
    private readonly long _places;
    private readonly double _notBusy;
    private readonly Stationary _line;

    /// <param name="traffic">What arrives.</param>
    /// <param name="agents">From 1 to <see cref="ErlangB.MostAgents"/>.</param>
    /// <param name="patienceSeconds">Mean time after which a waiting caller hangs up; above 0; infinite: never.</param>
    /// <param name="queueLimit">
    /// How many calls can wait, 0 to <see cref="MostWaiting"/>; who comes when so many do is refused. Null: any number.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// Endless patience, no limit, and a load so near to the agents that the queue spreads too far: that is for <see cref="ErlangC"/>.
    /// </exception>
    /// <exception cref="UnstableLoadException">Endless patience, no limit, and an offered load that is not below the agents.</exception>
    public ErlangA(Traffic traffic, int agents, double patienceSeconds = double.PositiveInfinity, int? queueLimit = null)
    {
        Check.InRange(agents, 1, ErlangB.MostAgents);
        Patience(patienceSeconds, agents / traffic.HandlingSeconds);
        if (queueLimit is { } limit) Check.InRange(limit, 0, MostWaiting, nameof(queueLimit));
        else if (double.IsInfinity(patienceSeconds) && traffic.OfferedLoad >= agents) throw new UnstableLoadException(traffic.OfferedLoad, agents);
        (_traffic, _agents) = (traffic, agents);
        (_arrivals, _completions, _hangUps) = (traffic.CallsPerSecond, agents / traffic.HandlingSeconds, 1 / patienceSeconds);
        _places = queueLimit ?? long.MaxValue;
        _line = new BirthDeath(_ => _arrivals, waiting => _completions + waiting * _hangUps, 0, queueLimit).Solve();

        var blocking = ErlangB.Blocking(agents, traffic.OfferedLoad);
        var others = _line[0] * (1 - blocking);
        (AllBusy, _notBusy) = (blocking / (blocking + others), others / (blocking + others));
        Blocked = AllBusy * _line[_places];
        Waits = AllBusy * _line.Sum(0, _places - 1, _ => 1);
        MeanQueueLength = AllBusy * _line.Mean;
        Abandoned = _hangUps * MeanQueueLength / _arrivals;
        Served = 1 - Blocked - Abandoned;
        Occupancy = Math.Min(1, traffic.OfferedLoad * Served / agents);
        MeanWait = MeanQueueLength / (_arrivals * (1 - Blocked));
        MeanWaitOfDelayed = Waits == 0 ? 0 : MeanQueueLength / (_arrivals * Waits);
        (MeanWaitOfServed, MeanWaitOfAbandoned) = MeanWaits();
    }

    /// <summary>The share of time, and of calls on their arrival, in which no agent is free.</summary>
    public double AllBusy { get; }

    /// <summary>The share of calls that are let in and have to wait: P(W &gt; 0). Without a limit, the same as <see cref="AllBusy"/>.</summary>
    public double Waits { get; }

    /// <summary>The share of calls that find the queue at its limit and are refused.</summary>
    public double Blocked { get; }

    /// <summary>The share of calls that hang up while waiting: hang-ups per second over arrivals per second, θ·E(Q)/λ.</summary>
    public double Abandoned { get; }

    /// <summary>The share of calls that reach an agent.</summary>
    public double Served { get; }

    /// <summary>Calls waiting, on average, E(Q).</summary>
    public double MeanQueueLength { get; }

    /// <summary>Mean time in the queue of all who are let in, those who need not wait and those who hang up included: E(Q)/λ by Little's law.</summary>
    public double MeanWait { get; }

    /// <summary>Mean time in the queue of those who have to wait, whether they are served or hang up.</summary>
    public double MeanWaitOfDelayed { get; }

    /// <summary>Mean time in the queue of those who are served, those who need not wait included: E(W | served).</summary>
    public double MeanWaitOfServed { get; }

    /// <summary>Mean time after which those hang up who do: E(W | abandoned).</summary>
    public double MeanWaitOfAbandoned { get; }

    /// <summary>The share of their time in which agents are on calls: a · P(served) / n.</summary>
    public double Occupancy { get; }

    /// <summary>
    /// The service level that counts everybody: calls served after at most so many seconds, over all calls, refused and abandoned ones
    /// included. P(W ≤ T and served).
    /// </summary>
    /// <remarks>
    /// Who finds m − 1 waiting is served with probability c/(c + m·θ), and then by T with the probability that <see cref="LineProgress"/>
    /// gives; by balance that share of arrivals is c/λ times the share of time with m waiting. Exact, with an error below 1e-10.
    /// </remarks>
    /// <param name="withinSeconds">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite, or the load is above <see cref="MostOverload"/> per agent.</exception>
    public double ServiceLevel(double withinSeconds)
    {
        var progress = Progress(withinSeconds);
        var (sum, slower, next) = (new ExactSum(), new ExactSum(), progress.First);
        for (var m = Math.Max(1, _line.First); m <= _line.Last; m++)
        {
            for (; next < m; next++) slower.Add(progress[next]);
            sum.Add(_line[m] * Math.Max(0, 1 - slower.Value));
        }
        return Math.Min(1, _notBusy + AllBusy * _completions / _arrivals * sum.Value);
    }

    /// <summary>
    /// The service level that leaves out short abandons: calls served after at most so many seconds, over all calls but those that hung up
    /// within that time.
    /// </summary>
    /// <param name="withinSeconds">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite, or the load is above <see cref="MostOverload"/> per agent.</exception>
    public double ServiceLevelWithoutShortAbandons(double withinSeconds) =>
        Math.Min(1, ServiceLevel(withinSeconds) / (1 - AbandonedWithin(withinSeconds)));

    /// <summary>The share of calls that hang up after at most so many seconds. P(W ≤ T and abandoned).</summary>
    /// <remarks>
    /// Whoever is at place m, all agents busy, abandons before moving up with probability θ/(c + m·θ), and the chance to have done so after k of
    /// m steps is g(k) = k·θ/(c + k·θ); so it is E g(min(steps by T, m)), a sum of positive terms.
    /// </remarks>
    /// <param name="withinSeconds">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite, or the load is above <see cref="MostOverload"/> per agent.</exception>
    public double AbandonedWithin(double withinSeconds)
    {
        var progress = Progress(withinSeconds);
        var (sum, slower, gaveUp, next) = (new ExactSum(), new ExactSum(), new ExactSum(), progress.First);
        for (var ahead = _line.First; ahead <= Math.Min(_line.Last, _places - 1); ahead++)
        {
            for (; next <= ahead; next++)
            {
                slower.Add(progress[next]);
                gaveUp.Add(progress[next] * GivesUp(next));
            }
            sum.Add(_line[ahead] * (gaveUp.Value + Math.Max(0, 1 - slower.Value) * GivesUp(ahead + 1)));
        }
        return AllBusy * sum.Value;
    }

    private static void Patience(double patienceSeconds, double completions)
    {
        if (!(patienceSeconds > 0)) throw Check.Bad(nameof(patienceSeconds), patienceSeconds, "must be above 0");
        var most = MostPatience / completions;
        if (double.IsFinite(patienceSeconds) && patienceSeconds > most)
            throw Check.Bad(
                nameof(patienceSeconds), patienceSeconds, string.Create(CultureInfo.InvariantCulture, $"can be {most:G6} at most for so many agents, or infinite"));
    }

    private Stationary Progress(double withinSeconds)
    {
        Check.NotNegative(withinSeconds);
        if (_traffic.OfferedLoad > MostOverload * _agents)
            throw Check.Bad(
                "offeredLoad", _traffic.OfferedLoad, string.Create(CultureInfo.InvariantCulture, $"can be {MostOverload} per agent at most"));
        return LineProgress.Within(withinSeconds, _completions, _hangUps, _line.Last);
    }

    private double GivesUp(long steps) => steps * _hangUps / (_completions + steps * _hangUps);

    /// <summary>
    /// Who is at place m and is served, waits for the sum H(m) of 1/(c + i·θ), i ≤ m. Who gives up is as likely to do so at each of the places
    /// m, …, 1, which makes their mean wait from place m the sum U(m) of i/(c + i·θ) over m. Weighed by who arrives there, in balance.
    /// </summary>
    private (double Served, double Abandoned) MeanWaits()
    {
        var (served, abandoned) = (new ExactSum(), new ExactSum());
        var from = Math.Max(1, _line.First);
        var (steps, areas) = PlaceSums.Until(from - 1, _completions, _hangUps);
        for (var m = from; m <= _line.Last; m++)
        {
            steps.Add(1 / (_completions + m * _hangUps));
            areas.Add(m / (_completions + m * _hangUps));
            served.Add(_line[m] * steps.Value);
            abandoned.Add(_line[m] * areas.Value);
        }
        return (
            AllBusy * _completions / _arrivals * served.Value / Served,
            Abandoned == 0 ? 0 : abandoned.Value / _line.Mean);
    }
}
