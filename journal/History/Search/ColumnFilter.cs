namespace RoutingGrid.Journal.History.Search;

/// <summary>What a search asks of a column: one of some values, or a time in a range.</summary>
internal sealed record ColumnFilter
{
    private readonly long[]? _values;
    private readonly long _from;
    private readonly long _before;

    private ColumnFilter(Field field, long[]? values, long from, long before) => (Field, _values, _from, _before) = (field, values, from, before);

    internal Field Field { get; }

    internal static ColumnFilter Is(Field field, long value) => new(field, [value], 0, 0);

    internal static ColumnFilter In(Field field, IEnumerable<int> values) => new(field, [.. values.Select(value => (long)value)], 0, 0);

    internal static ColumnFilter Between(Field field, DateTimeOffset? from, DateTimeOffset? before) => new(field, null, from?.UtcTicks ?? 1, before?.UtcTicks ?? long.MaxValue);

    /// <summary>Takes out of a block's bits what does not pass.</summary>
    internal void Keep(ReadOnlySpan<byte> body, Span<ulong> bits)
    {
        if (_values is null)
        {
            Column.Between(body, _from, _before, bits);
            return;
        }
        Span<ulong> passing = stackalloc ulong[bits.Length];
        passing.Clear();
        foreach (var value in _values) Column.Equal(body, value, passing);
        for (var i = 0; i < bits.Length; i++) bits[i] &= passing[i];
    }
}
