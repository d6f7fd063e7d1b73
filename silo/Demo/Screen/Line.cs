using System.Text;
using Spectre.Console;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>One line of cells of fixed widths, cut off where the place ends. Tables of the library wrap what does not fit; a wallboard must
/// not jump.</summary>
internal sealed class Line(int width)
{
    private readonly StringBuilder _markup = new();
    private int _used;

    public Line Left(string text, int cell, string style = "default") => Cell(Cut(text, cell).PadRight(cell), style);

    public Line Right(string text, int cell, string style = "default") => Cell(Cut(text, cell).PadLeft(cell), style);

    /// <summary>As wide as it is.</summary>
    public Line Text(string text, string style = "default") => Cell(text, style);

    public Markup ToMarkup() => new(_markup.ToString());

    private Line Cell(string text, string style)
    {
        text = Cut(text, width - _used);
        _used += text.Length;
        if (text.Length > 0) _markup.Append('[').Append(style).Append(']').Append(Markup.Escape(text)).Append("[/]");
        return this;
    }

    private static string Cut(string text, int place) => text.Length <= place ? text : place <= 0 ? "" : string.Concat(text.AsSpan(0, place - 1), "…");
}
