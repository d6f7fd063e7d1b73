using Spectre.Console;
using Spectre.Console.Rendering;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>The last routing decisions and their reasons, newest first.</summary>
internal static class DecisionsPanel
{
    private const int Frame = 4;

    public static IRenderable Of(Board? board, int width, int lines, TimeZoneInfo zone)
    {
        var inner = width - Frame;
        var rows = (board?.Decisions ?? []).OrderByDescending(decision => decision.At).Take(Math.Max(0, lines)).Select(decision => Row(decision, inner, zone));
        return new Panel(new Rows(rows)).Header(" [bold]Last routing decisions[/] ").BorderColor(Color.Grey39).RoundedBorder().Expand();
    }

    private static Markup Row(DecisionLine decision, int width, TimeZoneInfo zone) => new Line(width)
        .Left($"{TimeZoneInfo.ConvertTime(decision.At, zone):HH:mm:ss}", 10, "grey")
        .Left(decision.What, 11, Tint(decision.What))
        .Left(decision.Queue, 10)
        .Left(decision.Agent ?? "", 18, "bold")
        .Text(decision.Reason ?? "", "grey")
        .ToMarkup();

    private static string Tint(string what) => what switch
    {
        "assigned" or "accepted" => "green",
        "offered" => "blue",
        "declined" or "rang out" or "returned" or "withdrawn" or "agent lost" => "yellow",
        _ => "default",
    };
}
