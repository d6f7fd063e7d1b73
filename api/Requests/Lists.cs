using System.Collections.Immutable;

namespace RoutingGrid.Api;

/// <summary>A whole list.</summary>
internal sealed record ListView<T>(ImmutableArray<T> Items);

/// <summary>A page of a list.</summary>
/// <param name="Next">The cursor of the next page; absent at the end.</param>
internal sealed record PageView<T>(ImmutableArray<T> Items, string? Next);
