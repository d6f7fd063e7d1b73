using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.People;

/// <summary>How long things take one agent, and what chance decides, from a source of randomness of their own.</summary>
internal sealed class Pace(Random random, TimeProvider time)
{
    // What an agent does at the same time draws from the same source.
    private readonly Lock _lock = new();

    public TimeProvider Time => time;

    /// <summary>For what goes on beside it, with draws of its own.</summary>
    public Pace Another() => new(new Random(Next()), time);

    public bool Chance(double probability)
    {
        lock (_lock) return random.Chance(probability);
    }

    public T Pick<T>(IReadOnlyList<T> among)
    {
        lock (_lock) return random.Pick(among);
    }

    public TimeSpan Exponential(TimeSpan mean)
    {
        lock (_lock) return random.Exponential(mean);
    }

    public TimeSpan Between(double fromSeconds, double toSeconds)
    {
        lock (_lock) return random.Between(fromSeconds, toSeconds);
    }

    /// <summary>Lets pass what somebody like this takes for what takes the median person so many seconds.</summary>
    public Task Take(double medianSeconds, Persona persona, CancellationToken cancellation)
    {
        TimeSpan length;
        lock (_lock) length = random.LogNormal(TimeSpan.FromSeconds(medianSeconds * persona.Slowness), 0.5);
        return Task.Delay(length, time, cancellation);
    }

    private int Next()
    {
        lock (_lock) return random.Next();
    }
}
