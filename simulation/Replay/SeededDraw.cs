namespace RoutingGrid.Simulation.Replay;

/// <summary>What a draw is for, so that two draws for one call are independent.</summary>
internal enum DrawPurpose { Patience = 1, Service = 2 }

/// <summary>
/// Numbers that depend on the seed, the line and the purpose only. A call therefore has the same patience whichever other days
/// are replayed with it. The mixing is SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
/// OOPSLA 2014.
/// </summary>
internal static class SeededDraw
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;

    /// <summary>Uniform in [0, 1), in steps of 2^-53.</summary>
    public static double Uniform(ulong seed, int line, DrawPurpose purpose)
    {
        var perSeed = Mix(seed + GoldenGamma);
        var perLine = Mix(perSeed + (ulong)line * GoldenGamma);
        return (Mix(perLine + (ulong)purpose * GoldenGamma) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
