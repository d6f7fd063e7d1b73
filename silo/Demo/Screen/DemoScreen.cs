using Spectre.Console;
using Spectre.Console.Rendering;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>The wallboard in the terminal: one picture of one state, for any size from 80 by 24 on.</summary>
internal static class DemoScreen
{
    private const int TwoColumns = 108;
    private const string InABrowser = " in a browser: ";

    public static IRenderable Of(ScreenState state, int width, int height, TimeZoneInfo zone)
    {
        var queues = (state.Board?.Queues.Count ?? 5) + 4;
        var rows = new List<Layout> { new Layout("header", Header(state, width, zone)).Size(1) };
        if (width >= TwoColumns)
        {
            rows.Add(new Layout("top").Size(queues).SplitColumns(
                new Layout("queues", QueuesPanel.Of(state.Board, width - AgentsPanel.Width)),
                new Layout("agents", AgentsPanel.Of(state.Board)).Size(AgentsPanel.Width)));
        }
        else
        {
            rows.Add(new Layout("queues", QueuesPanel.Of(state.Board, width)).Size(queues));
            rows.Add(new Layout("agents", AgentsPanel.InOneLine(state.Board, width)).Size(1));
        }
        var page = Page(state.PageAddress, width);
        var decisions = Math.Max(3, height - rows.Sum(row => row.Size ?? 0) - page.Lines - 2);
        rows.Add(new Layout("decisions", DecisionsPanel.Of(state.Board, width, decisions - 2, zone)).Size(decisions));
        rows.Add(new Layout("people", People(state.People, width)).Size(1));
        rows.Add(new Layout("page", page.Text).Size(page.Lines));
        rows.Add(new Layout("end", End(state, width)).Size(1));
        return new Layout("all").SplitRows([.. rows]);
    }

    private static Markup Header(ScreenState state, int width, TimeZoneInfo zone)
    {
        var light = state.Live ? "● live" : "○ connecting";
        var clock = $"{TimeZoneInfo.ConvertTime(state.Now, zone):HH:mm:ss}";
        var speed = Format.Speed(state.Speed);
        var elapsed = Format.Seconds(state.Elapsed.TotalSeconds) + (state.Until is { } until ? $" of {Format.Seconds(until.TotalSeconds)}" : "");
        var right = light.Length + clock.Length + speed.Length + elapsed.Length + 7;
        return new Line(width)
            .Text(" RoutingGrid", "bold").Left(" demo: the airline Alisio", Math.Max(0, width - 12 - right), "grey")
            .Text(light, state.Live ? "green" : "yellow").Text("  " + clock, "bold").Text("  " + speed, "grey").Text("  " + elapsed, "grey")
            .ToMarkup();
    }

    private static Markup People(PeopleNumbers people, int width)
    {
        var line = new Line(width);
        foreach (var (name, value) in ((string, long)[])
            [("messages", people.Messages), ("cases", people.Cases), ("replies", people.Replies), ("closed", people.Closed),
             ("declined", people.Declined), ("rang out", people.RangOut), ("disconnected", people.ConnectionsLost)])
            line.Text($" {name} ", "grey").Text(Format.Count(value) + " ");
        if (people.Failures > 0) line.Text($" failures {Format.Count(people.Failures)}", "red");
        return line.ToMarkup();
    }

    /// <summary>An address that is cut off opens nothing: it gets all the lines that it needs.</summary>
    private static (Markup Text, int Lines) Page(string address, int width)
    {
        var label = InABrowser.Length + address.Length <= width ? InABrowser : "";
        return (new Markup($"[grey]{label}[/]{Markup.Escape(address)}").Overflow(Overflow.Fold), (label.Length + address.Length + width - 1) / width);
    }

    private static Markup End(ScreenState state, int width) =>
        state.Ending is { } ending ? new Line(width).Text(" " + ending, "yellow").ToMarkup() : new Line(width).Text(" Ctrl-C ends", "grey").ToMarkup();
}
