using System.Collections.Immutable;

namespace RoutingGrid.Api.Problems;

/// <summary>What a problem looks like on the wire (RFC 9457).</summary>
/// <param name="Type">Stable: programs decide on it, or on <paramref name="Code"/>.</param>
/// <param name="Title">For people, in the language that they accept: English or Spanish.</param>
/// <param name="Detail">In English: what is wrong, and what to do.</param>
/// <param name="Field">The member that is wrong, where it is one.</param>
/// <param name="Errors">Every member that is wrong, where there may be several.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code, string? Field = null, ImmutableArray<FieldError>? Errors = null);

/// <summary>One value that is not acceptable.</summary>
/// <param name="Path">Where it is, such as <c>queues[2].calendar</c>.</param>
internal sealed record FieldError(string Path, string Code, string Message);
