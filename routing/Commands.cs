using System.Collections.Immutable;

namespace RoutingGrid.Routing;

/// <summary>Recognises the retry of a command that has been carried out.</summary>
internal static class Commands
{
    public static bool Knows(ImmutableArray<string> recent, string? commandId) => commandId is not null && recent.Contains(commandId);

    public static ImmutableArray<string> Remember(ImmutableArray<string> recent, string? commandId, int limit)
    {
        if (commandId is null || recent.Contains(commandId)) return recent;
        return (recent.Length < limit ? recent : recent.RemoveAt(0)).Add(commandId);
    }
}
