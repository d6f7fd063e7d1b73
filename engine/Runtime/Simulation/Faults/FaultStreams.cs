namespace RoutingGrid.Engine.Simulation;

/// <summary>The streams of randomness of a seed that faults draw from.</summary>
internal enum FaultStreams : ulong
{
    Kills = 0xFA17_0000_0000_0001,
    Splits = 0xFA17_0000_0000_0002,
    ObserverDrops = 0xFA17_0000_0000_0004,
    StorageFailures = 0xFA17_0000_0000_0008,
    StorageDelays = 0xFA17_0000_0000_0010,
    StorageUnknowns = 0xFA17_0000_0000_0020,
}

internal static class FaultStreamsOfSeeds
{
    public static SeededRandom Of(this FaultStreams stream, ulong seed) => new(seed ^ (ulong)stream);
}
