using System.Globalization;
using System.Text;

namespace RoutingGrid.Silo.Erlang;

/// <summary>The figures for people.</summary>
internal static class ErlangReport
{
    private const int Names = 32;
    private const int Values = 12;
    private const int Column = 13;
    private const int Refused = 4;

    /// <summary>Everything about one number of agents.</summary>
    public static string Picture(ErlangSettings settings, Figures figures)
    {
        var text = new StringBuilder();
        Head(text, settings);
        Line(text, $"{People(figures.Agents)}");
        Line(text, $"");
        Row(text, $"served within {settings.Within} s", Percent(figures.ServiceLevel), "of all calls (service level)");
        if (figures.Abandoned > 0)
            Row(text, "", Percent(figures.ServiceLevelWithoutShortAbandons), $"without those who hung up within {settings.Within} s");
        Row(text, "had to wait", Percent(figures.Waits), "");
        if (settings.Patience is not null) Row(text, "abandoned", Percent(figures.Abandoned), "hung up while waiting");
        if (settings.QueueLimit is { } limit)
            Row(text, "refused", Percent(figures.Blocked), limit == 0 ? "all agents were busy" : $"{Number(limit)} waited already");
        Row(text, "mean wait", Seconds(figures.MeanWait), settings.EverybodyStays ? "of all calls (average speed of answer)" : "of all that were let in");
        if (figures.Abandoned > 0)
        {
            Row(text, "", Seconds(figures.MeanWaitOfServed), "of those served (average speed of answer)");
            Row(text, "", Seconds(figures.MeanWaitOfAbandoned), "of those who hung up");
        }
        Row(text, "", Seconds(figures.MeanWaitOfDelayed), "of those who had to wait");
        Row(text, "calls waiting", string.Create(CultureInfo.InvariantCulture, $"{figures.MeanQueueLength:N2}"), "on average");
        Row(text, "occupancy", Percent(figures.Occupancy), "of the agents' time is spent on calls");
        return text.ToString().TrimEnd();
    }

    /// <summary>The required agents, with some fewer and some more.</summary>
    public static string Table(ErlangSettings settings, int required, IEnumerable<(int Agents, Figures? Figures)> rows)
    {
        var text = new StringBuilder();
        Head(text, settings);
        Line(text, $"{People(required)} to serve {settings.Target!.Share * 100:0.##} % of all calls within {settings.Within} s");
        Line(text, $"");
        var titles = new[] { $"within {settings.Within} s", "mean wait", "had to wait", "abandoned", "refused", "occupancy" };
        Line(text, $"{"agents",9}{string.Concat(Shown(settings, titles).Select(title => $"{title,Column}"))}");
        foreach (var (agents, figures) in rows)
        {
            var cells = figures is null
                ? "  too few: the queue grows without end"
                : string.Concat(Shown(settings, Cells(figures)).Select(cell => $"{cell,Column}"));
            Line(text, $"{(agents == required ? "->" : ""),-2}{Number(agents),7}{cells}");
        }
        return text.ToString().TrimEnd();
    }

    private static void Head(StringBuilder text, ErlangSettings settings)
    {
        Line(text, $"{settings.Calls:#,0.###} calls of {settings.Aht:#,0.###} s in {settings.Interval:#,0.##} s: {settings.Traffic.OfferedLoad:#,0.##} Erlang offered");
        var patience = settings.Patience is { } seconds ? $", mean patience {seconds:#,0.##} s" : "";
        var limit = settings.QueueLimit is { } most ? $", at most {Number(most)} waiting" : "";
        Line(text, $"{settings.Model}{patience}{limit}");
    }

    private static string[] Cells(Figures figures) =>
    [
        Percent(figures.ServiceLevel), Seconds(figures.MeanWait), Percent(figures.Waits),
        Percent(figures.Abandoned), Percent(figures.Blocked), Percent(figures.Occupancy),
    ];

    /// <summary>Without a limit nobody is refused.</summary>
    private static IEnumerable<string> Shown(ErlangSettings settings, string[] cells) =>
        cells.Where((_, column) => column != Refused || settings.QueueLimit is not null);

    private static void Row(StringBuilder text, string name, string value, string what) => Line(text, $"{name,-Names}{value,Values}   {what}");

    private static string People(int agents) => agents == 1 ? "1 agent" : $"{Number(agents)} agents";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F2} %");

    private static string Seconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:N1} s");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
