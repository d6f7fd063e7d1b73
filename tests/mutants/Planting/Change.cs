namespace RoutingGrid.Mutants.Tests.Planting;

/// <summary>A change of one source file.</summary>
/// <param name="File">Relative to the repository.</param>
/// <param name="Old">A text that is in the file exactly once.</param>
internal sealed record Change(string File, string Old, string New)
{
    /// <summary>The changed text; a source that has moved on is an error that says what to do.</summary>
    public string Apply(string source)
    {
        var times = source.AsSpan().Count(Old);
        return times == 1
            ? source.Replace(Old, New, StringComparison.Ordinal)
            : throw new PatchException(
                $"{File}: a mutation replaces a text that is there {times} times, and must be there once. Adapt the mutation in tests/mutants to the source as it is now:\n{Old}");
    }
}

/// <summary>A mutation does not fit the sources any more.</summary>
internal sealed class PatchException(string message) : Exception(message)
{
    public static PatchException NoFile(string file) =>
        new($"{file}: a mutation changes this file, which is not in its project. Adapt the mutation in tests/mutants to where the code is now.");
}
