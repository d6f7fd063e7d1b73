using RoutingGrid.Silo.Demo.Screen;
using RoutingGrid.Simulation.Traffic;
using Spectre.Console;

namespace RoutingGrid.Silo.Demo;

/// <summary>What happened, in one table, and whether anything was lost.</summary>
internal static class Summary
{
    private const int MostDetails = 20;

    /// <summary>Writes it.</summary>
    /// <returns>Whether all is well: nothing lost, nothing failed.</returns>
    public static bool Write(IAnsiConsole console, TimeSpan elapsed, TimeSpan lived, DemoWorld world, Board? board, LossCheck? check, HostLog log)
    {
        var (tally, traffic) = (world.Tally, world.Traffic);
        var table = new Table().NoBorder().HideHeaders();
        table.AddColumn(new TableColumn("").PadLeft(1).PadRight(2)).AddColumn(new TableColumn("").RightAligned()).AddColumn(new TableColumn("").PadLeft(2));
        void Row(string name, string value, string note = "") =>
            table.AddRow(new Text(name), new Text(value, new Style(decoration: Decoration.Bold)), new Text(note, new Style(Color.Grey)));

        Row("time", Format.Seconds(lived.TotalSeconds), $"in {Format.Seconds(elapsed.TotalSeconds)} on the wall");
        Row("messages", Format.Count(traffic.Sent.Value), "acknowledged by the API");
        Row("cases", Format.Count(traffic.Opened.Value));
        Row("accepted", Format.Count(tally.Accepted.Value), "offers");
        Row("answered", Format.Count(board?.Total.Answered ?? 0), $"cases, with {Format.Count(tally.Replies.Value)} replies");
        Row("closed", Format.Count(tally.Closed.Value));
        Row("declined", Format.Count(tally.Declined.Value), "offers");
        Row("rang out", Format.Count(tally.RangOut.Value), "offers");
        Row("transferred", Format.Count(tally.Transferred.Value));
        Row("escalated", Format.Count(tally.Escalated.Value));
        Row("left", Format.Count(traffic.Left.Value), "customers who did not wait");
        Row("disconnected", Format.Count(tally.ConnectionsLost.Value), "agents' connections lost");
        if (board is not null)
        {
            Row("TME", Format.Seconds(board.Total.TmeSeconds), "average wait");
            Row("TMO", Format.Seconds(board.Total.TmoSeconds), "average handling time");
            Row("service level", Format.Percent(board.Total.ServiceLevel), "of cases taken in their queue's time");
        }
        if (check is null) Row("lost", "?", "it could not be checked");
        else Row("lost", Format.Count(check.Lost.Count), $"of {Format.Count(check.Messages)} acknowledged messages in {Format.Count(check.Cases)} cases");
        console.Write(new Rule("[bold]RoutingGrid demo[/]").LeftJustified().RuleStyle("grey"));
        console.Write(table);

        if (check is { Passed: false })
        {
            Details(console, "Lost: acknowledged, and in no case", check.Lost, check.Lost.Count);
            Details(console, "Twice: in more than one place", check.Twice, check.Twice.Count);
            Details(console, "Elsewhere: in another case than was said", check.Elsewhere, check.Elsewhere.Count);
        }
        Details(console, "Failures", tally.Failures, tally.Failed.Value);
        Details(console, "The server's warnings", log.Lines, log.Count);
        return check is { Passed: true } && tally.Failed.Value == 0;
    }

    private static void Details(IAnsiConsole console, string title, IEnumerable<string> lines, long count)
    {
        if (count == 0) return;
        console.WriteLine();
        console.MarkupLine($"[red]{Markup.Escape(title)}[/] ({count})");
        foreach (var line in lines.Take(MostDetails)) console.WriteLine("  " + line);
    }
}
