using System.Collections.Immutable;
using RoutingGrid.Mutants.Tests.Bugs;

namespace RoutingGrid.Mutants.Tests;

/// <summary>All bugs that are planted.</summary>
internal static class Catalogue
{
    public static ImmutableArray<Mutation> All { get; } = [.. Assigning.All, .. Asking.All, .. Waiting.All];

    public static Mutation Named(string bug) => All.Single(mutation => mutation.Bug == bug);

    public static IEnumerable<TheoryDataRow<string>> Rows(ImmutableArray<Mutation> mutations) =>
        mutations.Select(mutation => new TheoryDataRow<string>(mutation.Bug).WithTrait("bug", mutation.Bug));
}
