using System.Collections.Immutable;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>The agents who had a case, as one text.</summary>
internal static class Hands
{
    internal static string Write(ImmutableArray<string> hands) => string.Join(CaseFacts.Between, hands);

    internal static ImmutableArray<string> Read(string text) => text.Length == 0 ? [] : [.. text.Split(CaseFacts.Between)];
}
