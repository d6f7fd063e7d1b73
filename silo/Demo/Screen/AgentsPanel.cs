using Spectre.Console;
using Spectre.Console.Rendering;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>How many agents do what.</summary>
internal static class AgentsPanel
{
    public const int Width = 33;
    private const int Name = 12;
    private const int Number = 4;
    private const int Bar = Width - 4 - Name - Number - 1;

    public static IRenderable Of(Board? board)
    {
        var shown = Shown(board).ToList();
        var all = shown.Sum(activity => activity.Agents);
        return new Panel(new Rows(shown.Select(activity => Row(activity, all)))).Header(" [bold]Agents[/] ").BorderColor(Color.Grey39).RoundedBorder().Expand();
    }

    /// <summary>In one line, where there is no place for a panel.</summary>
    public static Markup InOneLine(Board? board, int width)
    {
        var line = new Line(width).Text(" agents", "grey");
        foreach (var activity in Shown(board)) line.Text($"  {activity.Activity} ", "grey").Text($"{activity.Agents}", Tint(activity));
        return line.ToMarkup();
    }

    private static IEnumerable<ActivityLine> Shown(Board? board) =>
        (board?.Activities ?? []).Where(activity => activity.Agents > 0).OrderByDescending(activity => activity.Available);

    private static Markup Row(ActivityLine activity, int all) => new Line(Width - 4)
        .Left(activity.Activity, Name)
        .Right($"{activity.Agents}", Number, "bold")
        .Left(" " + Format.Bar(activity.Agents, all, Bar), Bar + 1, Tint(activity))
        .ToMarkup();

    private static string Tint(ActivityLine activity) => activity.Available ? "green" : activity.Activity is "unavailable" or "offline" ? "grey" : "blue";
}
