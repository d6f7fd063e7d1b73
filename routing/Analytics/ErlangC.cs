namespace RoutingGrid.Routing.Analytics;

/// <summary>Erlang's delay formula: everybody waits as long as it takes, first come first served (M/M/n). All times are in seconds.</summary>
/// <remarks>Erlang 1917; Kleinrock 1975, Queueing Systems I, section 3.5; Gans, Koole and Mandelbaum 2003 (Telephone call centers).</remarks>
public sealed class ErlangC
{
    private readonly Traffic _traffic;
    private readonly double _spare;

    /// <param name="traffic">What arrives.</param>
    /// <param name="agents">From 1 to <see cref="ErlangB.MostAgents"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The agents are out of range.</exception>
    /// <exception cref="UnstableLoadException">The offered load is not below the agents: the queue would grow without end.</exception>
    public ErlangC(Traffic traffic, int agents)
    {
        Check.InRange(agents, 1, ErlangB.MostAgents);
        if (traffic.OfferedLoad >= agents) throw new UnstableLoadException(traffic.OfferedLoad, agents);
        (_traffic, _spare) = (traffic, agents - traffic.OfferedLoad);
        var blocking = ErlangB.Blocking(agents, traffic.OfferedLoad);
        Waits = agents * blocking / (_spare + traffic.OfferedLoad * blocking);
        Occupancy = traffic.OfferedLoad / agents;
    }

    /// <summary>The share of calls that find all agents busy and have to wait: C = n·B / (n − a·(1 − B)), 0 to 1.</summary>
    public double Waits { get; }

    /// <summary>Mean wait of all calls, those that need not wait included (average speed of answer): C·h / (n − a).</summary>
    public double MeanWait => Waits * MeanWaitOfDelayed;

    /// <summary>Mean wait of those who have to: h / (n − a).</summary>
    public double MeanWaitOfDelayed => _traffic.HandlingSeconds / _spare;

    /// <summary>Calls waiting, on average: C·a / (n − a).</summary>
    public double MeanQueueLength => Waits * _traffic.OfferedLoad / _spare;

    /// <summary>The share of their time in which agents are on calls, 0 to 1: a / n.</summary>
    public double Occupancy { get; }

    /// <summary>
    /// The share of calls answered after at most so many seconds, P(W ≤ T) = 1 − C·e^(−(n − a)·T/h), 0 to 1. Nobody abandons: every
    /// definition of the service level agrees.
    /// </summary>
    /// <param name="withinSeconds">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public double ServiceLevel(double withinSeconds) => 1 - Waits * Math.Exp(-Check.NotNegative(withinSeconds) / MeanWaitOfDelayed);
}
