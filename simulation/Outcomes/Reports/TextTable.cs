using System.Text;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>Columns of text, right-aligned but for the first; estimates line up at their "±".</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private readonly List<string> _headings;
    private readonly List<string[]> _rows = [];
    private readonly HashSet<int> _left;

    /// <param name="headings">One per column.</param>
    /// <param name="left">Columns whose cells begin at the left, besides the first.</param>
    public TextTable(IEnumerable<string> headings, params int[] left) => (_headings, _left) = ([.. headings], [0, .. left]);

    public void Add(params IEnumerable<string> cells)
    {
        string[] row = [.. cells];
        if (row.Length != _headings.Count) throw new ArgumentException($"{row.Length} cells for {_headings.Count} columns.", nameof(cells));
        _rows.Add(row);
    }

    public void Estimates(string name, IEnumerable<(Metric Metric, Estimate Estimate)> cells) =>
        Add([name, .. cells.Select(cell => Shown.Both(cell.Metric, cell.Estimate))]);

    public void Write(StringBuilder text)
    {
        var columns = Enumerable.Range(0, _headings.Count).Select(Aligned).ToArray();
        for (var line = 0; line <= _rows.Count; line++)
            text.Append(string.Join(Gap, columns.Select(column => column[line])).TrimEnd()).Append('\n');
    }

    /// <summary>Heading and cells of one column, all of one width.</summary>
    private string[] Aligned(int column)
    {
        string[] cells = [.. _rows.Select(row => row[column])];
        var behind = cells.Select(cell => cell.Length - Sign(cell) - 2).DefaultIfEmpty(0).Max();
        string[] lined = [_headings[column], .. cells.Select(cell => Sign(cell) < cell.Length ? $"{cell[..Sign(cell)]}± {cell[(Sign(cell) + 2)..].PadLeft(behind)}" : cell)];
        var width = lined.Max(cell => cell.Length);
        return [.. lined.Select(cell => _left.Contains(column) ? cell.PadRight(width) : cell.PadLeft(width))];
    }

    /// <summary>Where the "±" is; the cell's length where there is none.</summary>
    private static int Sign(string cell) => cell.IndexOf('±', StringComparison.Ordinal) is >= 0 and var at ? at : cell.Length;
}
