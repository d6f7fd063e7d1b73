using System.Globalization;

namespace RoutingGrid.Routing.Analytics;

/// <summary>More work arrives than is done, nobody gives up and nobody is refused: the queue grows without end, and has no averages.</summary>
public sealed class UnstableLoadException : Exception
{
    internal UnstableLoadException(double offeredLoad, int agents)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"{agents} agents cannot carry {offeredLoad} Erlang: where nobody gives up, the queue grows without end. "
            + $"It takes at least {Math.Floor(offeredLoad) + 1:F0} agents, a patience, or a limit of the queue."))
    {
    }

    internal UnstableLoadException(string message) : base(message)
    {
    }
}
