using RoutingGrid.Journal;
using RoutingGrid.Routing;

namespace RoutingGrid.Grains.Storage;

/// <summary>What a caller is told of an append that wrote nothing.</summary>
internal static class Refusals
{
    public static Refusal TryAgain { get; } =
        new(RefusalCode.TryAgain, "Another writer was faster, or the outcome is not known: repeat the command with the same command id.");

    public static Refusal Of(AppendResult result) => result switch
    {
        AppendResult.Overloaded overloaded => new Refusal(
            RefusalCode.Overloaded, $"{overloaded.Reason} Nothing was written; try again in {Math.Ceiling(overloaded.RetryAfter.TotalSeconds)} s."),
        _ => TryAgain,
    };

    public static Refusal WorkspaceUnknown(string workspace) =>
        new(RefusalCode.WorkspaceUnknown, $"Workspace '{workspace}' has no configuration yet: put one first.");
}
