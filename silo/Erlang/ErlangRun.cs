using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Silo.Erlang;

/// <summary>Computes and reports. Exit code 0; 1: the options do not go together, or the queue would grow without end.</summary>
internal static class ErlangRun
{
    private const int Around = 3;

    public static int Run(ErlangSettings settings, TextWriter output, TextWriter errors)
    {
        if (ErlangChecks.Wrong(settings) is { } wrong)
        {
            errors.WriteLine(wrong);
            return 1;
        }
        output.WriteLine(settings.Agents is { } agents ? Picture(settings, Figures.Of(settings, agents)) : Required(settings, settings.Target!));
        return 0;
    }

    private static string Picture(ErlangSettings settings, Figures figures) =>
        settings.Json ? ErlangJson.Line(settings, figures) : ErlangReport.Picture(settings, figures);

    private static string Required(ErlangSettings settings, ServiceTarget target)
    {
        var required = RequiredAgents.ForServiceLevel(
            settings.Traffic, target.Share, target.WithinSeconds, settings.Patience ?? double.PositiveInfinity, settings.QueueLimit);
        var rows = Enumerable.Range(Math.Max(1, required - Around), Math.Min(required - 1, Around) + 1 + Around)
            .Select(agents => (Agents: agents, Figures: Steady(settings, agents))).ToArray();
        return settings.Json
            ? ErlangJson.Line(settings, Figures.Of(settings, required), rows.Select(row => row.Figures).OfType<Figures>())
            : ErlangReport.Table(settings, required, rows);
    }

    /// <summary>Null: too few agents for a queue that nobody leaves.</summary>
    private static Figures? Steady(ErlangSettings settings, int agents) =>
        settings.EverybodyStays && settings.Traffic.OfferedLoad >= agents ? null : Figures.Of(settings, agents);
}
