using Spectre.Console;
using Spectre.Console.Rendering;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>Who waits where, for how long, and how well it goes.</summary>
internal static class QueuesPanel
{
    private const int Frame = 4;
    private const int Numbers = 52;
    private const int WidestBar = 30;

    public static IRenderable Of(Board? board, int width)
    {
        var inner = width - Frame;
        var name = Math.Clamp(inner - Numbers, 8, 12);
        var bar = Math.Clamp(inner - Numbers - name - 1, 0, WidestBar);
        var lines = new List<IRenderable> { Header(inner, name, bar) };
        if (board is null) lines.Add(new Markup("[grey]waiting for the first numbers …[/]"));
        else
        {
            var full = Math.Max(12, board.Queues.Select(queue => queue.Waiting).DefaultIfEmpty().Max());
            lines.AddRange(board.Queues.Select(queue => Row(queue, full, inner, name, bar, "default")));
            lines.Add(Row(board.Total with { Queue = "all queues" }, 0, inner, name, bar, "bold"));
        }
        return new Panel(new Rows(lines)).Header(" [bold]Queues[/] ").BorderColor(Color.Grey39).RoundedBorder().Expand();
    }

    private static Markup Header(int width, int name, int bar) => new Line(width)
        .Left("queue", name, "grey").Right("waiting", 8, "grey").Left("", bar + 1)
        .Right("longest", 8, "grey").Right("asked", 6, "grey").Right("in hands", 9, "grey").Right("TME", 7, "grey").Right("TMO", 7, "grey").Right("level", 7, "grey")
        .ToMarkup();

    private static Markup Row(QueueLine queue, int full, int width, int name, int bar, string style)
    {
        var waits = queue.Waiting + queue.Offered > 0;
        var served = queue.Assigned + queue.Abandoned > 0;
        return new Line(width)
            .Left(queue.Queue, name, style)
            .Right($"{queue.Waiting}", 8, queue.Waiting == 0 ? "grey" : style)
            .Left(" " + Format.Bar(queue.Waiting, full, bar), bar + 1, Urgency(queue))
            .Right(waits ? Format.Seconds(queue.LongestWaitSeconds) : "–", 8, waits ? Urgency(queue) : "grey")
            .Right($"{queue.Offered}", 6, queue.Offered == 0 ? "grey" : style)
            .Right($"{queue.InHands}", 9, queue.InHands == 0 ? "grey" : style)
            .Right(Format.Seconds(queue.TmeSeconds), 7, style)
            .Right(Format.Seconds(queue.TmoSeconds), 7, style)
            .Right(served ? Format.Percent(queue.ServiceLevel) : "–", 7, served ? Level(queue.ServiceLevel) : "grey")
            .ToMarkup();
    }

    /// <summary>By the longest wait: within a minute all is well, beyond three it is not.</summary>
    private static string Urgency(QueueLine queue) => queue.LongestWaitSeconds switch { < 60 => "green", < 180 => "yellow", _ => "red" };

    private static string Level(double share) => share switch { >= 0.8 => "green", >= 0.6 => "yellow", _ => "red" };
}
