namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>Rows on their way into one table, column by column, as <c>unnest</c> takes them.</summary>
internal sealed class Columns
{
    private readonly List<long>[] _numbers = [[], [], [], []];
    private readonly List<string>[] _words = [[], [], [], []];
    private readonly List<bool>[] _flags = [[], []];
    private readonly List<ReadOnlyMemory<byte>>[] _texts = [[]];

    internal bool Any => _numbers[0].Count > 0;

    internal long[] this[int column] => [.. _numbers[column]];

    internal string[] Word(int column) => [.. _words[column]];

    internal bool[] Flag(int column) => [.. _flags[column]];

    internal List<ReadOnlyMemory<byte>> Text(int column) => _texts[column];

    internal ReadOnlyMemory<byte>[] TextArray(int column) => [.. _texts[column]];

    internal void Add(params ReadOnlySpan<long> numbers)
    {
        for (var i = 0; i < numbers.Length; i++) _numbers[i].Add(numbers[i]);
    }

    internal void Words(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++) _words[i].Add(words[i]);
    }

    internal void Flags(params ReadOnlySpan<bool> flags)
    {
        for (var i = 0; i < flags.Length; i++) _flags[i].Add(flags[i]);
    }
}
