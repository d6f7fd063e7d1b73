using Spectre.Console;
using Spectre.Console.Rendering;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>Draws pictures on the terminal's other screen, so that what was there before is there again afterwards.</summary>
internal static class TerminalScreen
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    /// <param name="picture">Asked for every picture; the terminal may have changed its size in between.</param>
    public static async Task Show(IAnsiConsole console, Func<IRenderable> picture, TimeProvider time, CancellationToken end)
    {
        console.Write(new ControlCode("\u001b[?1049h\u001b[?25l"));
        try
        {
            var size = (0, 0);
            while (!end.IsCancellationRequested)
            {
                var now = (console.Profile.Width, console.Profile.Height);
                Draw(console, picture(), now.Height, clear: now != size);
                size = now;
                await Task.Delay(Every, time, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        finally
        {
            console.Write(new ControlCode("\u001b[?25h\u001b[?1049l"));
        }
    }

    /// <summary>Over the last picture, line by line from the top, in one write: nothing flickers and nothing scrolls.</summary>
    private static void Draw(IAnsiConsole console, IRenderable picture, int height, bool clear)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities) with { Height = height };
        var lines = Segment.SplitLines(picture.Render(options, console.Profile.Width)).Take(height).ToList();
        var all = new List<Segment> { Segment.Control(clear ? "\u001b[H\u001b[2J" : "\u001b[H") };
        for (var line = 0; line < lines.Count; line++)
        {
            all.AddRange(lines[line]);
            all.Add(Segment.Control("\u001b[K"));
            if (line < lines.Count - 1) all.Add(Segment.LineBreak);
        }
        console.Write(new Drawn(all));
    }

    private sealed class Drawn(List<Segment> segments) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
