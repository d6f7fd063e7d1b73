namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// A kind of fault that comes as a Poisson process. It does not strike at its moment, when the clock has just moved and all
/// is at rest, but some turns later, in the middle of things. One that is still to strike takes in those that come meanwhile.
/// </summary>
internal sealed class RandomFault : IDisposable
{
    private const int MostTurns = 20;
    private static readonly long s_longest = TimeSpan.FromDays(1000).Ticks;

    private readonly SeededRandom _choices;
    private readonly double _meanTicks;
    private readonly Action _strike;
    private readonly ITimer _timer;
    private int _turnsLeft;

    public RandomFault(SimulatedTime time, double perMinute, SeededRandom choices, Action strike)
    {
        _choices = choices;
        _meanTicks = TimeSpan.TicksPerMinute / perMinute;
        _strike = strike;
        _timer = time.CreateEngineTimer(TimerKind.Housekeeping, static fault => ((RandomFault)fault!).OnDue(), this);
        Arm();
    }

    /// <summary>A turn has ended, and the next has not begun.</summary>
    public void OnTurn()
    {
        if (_turnsLeft > 0 && --_turnsLeft == 0)
        {
            _strike();
        }
    }

    public void Dispose()
    {
        _turnsLeft = 0;
        _timer.Dispose();
    }

    private void OnDue()
    {
        if (_turnsLeft == 0)
        {
            _turnsLeft = 1 + _choices.Below(MostTurns);
        }

        Arm();
    }

    private void Arm()
    {
        double wait = Math.Min(Exponential(_choices) * _meanTicks, s_longest);
        _timer.Change(TimeSpan.FromTicks((long)wait), Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// From the exponential distribution of mean 1, by von Neumann's comparison of uniform numbers ("Various techniques used in
    /// connection with random digits", 1951): logarithms are not the same on every machine to the last bit.
    /// </summary>
    internal static double Exponential(SeededRandom choices)
    {
        for (int whole = 0; ; whole++)
        {
            double first = choices.NextDouble();
            double last = first;
            int length = 1;
            for (double next = choices.NextDouble(); next < last; next = choices.NextDouble())
            {
                last = next;
                length++;
            }

            if (length % 2 == 1)
            {
                return whole + first;
            }
        }
    }
}
