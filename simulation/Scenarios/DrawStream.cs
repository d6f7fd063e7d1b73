namespace RoutingGrid.Simulation.Scenarios;

/// <summary>What a draw is for, so that two draws for one contact are independent.</summary>
internal enum DrawFor { Replication, DayFactor, Arrival, Service, Patience, Accept, RingOut, Decline, RingOutPause, WrapUp, BreakEvery, BreakLength }

/// <summary>
/// Random numbers that depend on the seed, the name, the index and the purpose only: two scenarios under one seed see the same contacts
/// arrive, whatever else differs. SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
/// </summary>
internal struct DrawStream
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;

    private ulong _state;

    /// <param name="key">Of a name, see <see cref="Key"/>.</param>
    /// <param name="attempt">The how-manieth of this purpose.</param>
    public DrawStream(ulong seed, ulong key, long index, DrawFor purpose, int attempt = 0)
    {
        var perName = Mix(Mix(seed + GoldenGamma) ^ key);
        var perIndex = Mix(perName + ((ulong)index * GoldenGamma));
        _state = Mix(perIndex + (((ulong)purpose + 1) * GoldenGamma) + ((ulong)attempt << 32));
    }

    /// <summary>FNV-1a in 64 bits.</summary>
    public static ulong Key(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>The seed of one of several replications.</summary>
    public static ulong SeedOf(ulong seed, int number) => new DrawStream(seed, 0, number, DrawFor.Replication).NextBits();

    /// <summary>In [0, 1), in steps of 2^-53.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>With mean 1, by inversion.</summary>
    public double Exponential() => -Math.Log(1 - Uniform());

    /// <summary>With mean 0 and variance 1. Box and Muller, "A Note on the Generation of Random Normal Deviates", Annals of Mathematical
    /// Statistics 29 (1958); the second of each pair is not used.</summary>
    public double Normal() => Math.Sqrt(2 * Exponential()) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>With scale 1. Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM Transactions on Mathematical
    /// Software 26 (2000); a shape below 1 by their section 6.</summary>
    public double Gamma(double shape)
    {
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    private ulong NextBits() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
