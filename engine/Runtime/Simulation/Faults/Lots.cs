using RoutingGrid.Engine.Activations;

namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// Draws one of many activations. They come in the order of a hash table, which no seed can repeat, so each has a lot that
/// depends on nothing but its number, and the lowest is drawn.
/// </summary>
internal static class Lots
{
    public static Activation? Draw(IEnumerable<Activation> among, ulong draw) =>
        among.MinBy(activation => (Lot(activation, draw), activation.Sequence));

    /// <summary>Half of the time one of those that are busy, if any is: what happens to the others is seldom noticed.</summary>
    public static Activation? Draw(IEnumerable<Activation> among, SeededRandom choices)
    {
        bool prefersBusy = choices.Below(2) == 1;
        ulong draw = choices.NextBits();
        return among.MinBy(activation => (prefersBusy && !activation.IsBusy, Lot(activation, draw), activation.Sequence));
    }

    private static ulong Lot(Activation activation, ulong draw)
    {
        ulong seed = draw ^ ((ulong)activation.Sequence * 0xD1B5_4A32_D192_ED03UL);
        return SeededRandom.Scatter(ref seed);
    }
}
