using System.Diagnostics;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Bench.History;

/// <summary>Reports of a day: all queues by quarters of an hour, and all agents.</summary>
internal static class DayReports
{
    private const int Days = 7;

    /// <summary>Milliseconds of the slowest of several days, of each of which the median of three.</summary>
    public static async Task<double> Ask(JournalHistory history, CancellationToken cancel)
    {
        if (!ReportPeriod.TryZone("Europe/Madrid", out var zone)) throw new InvalidOperationException("This machine knows no time zones.");
        var worst = 0.0;
        for (var i = 0; i < Days; i++)
        {
            var day = DateOnly.FromDateTime(MadeUpCases.Start.UtcDateTime).AddDays(1 + (i * (MadeUpCases.Days - 2) / Days));
            var (queues, agents) = (Query(TimeSpan.FromMinutes(15)), Query(null));
            worst = Math.Max(worst, await Median(async () => (await history.Reports.Queues(queues, cancel)).Length, $"queues of {day:yyyy-MM-dd}"));
            worst = Math.Max(worst, await Median(async () => (await history.Reports.Agents(agents, cancel)).Length, $"agents of {day:yyyy-MM-dd}"));

            ReportQuery Query(TimeSpan? length) => new(MadeUpCases.Workspace, ReportPeriod.Cut(zone, day, day, length), null, MadeUpCases.Start.AddDays(MadeUpCases.Days + 1));
        }
        return worst;
    }

    private static async Task<double> Median(Func<Task<int>> ask, string what)
    {
        var times = new double[3];
        var rows = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var began = Stopwatch.GetTimestamp();
            rows = await ask();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.Error.WriteLine($"reports: {times[1],8:0.00} ms for {what} ({rows} rows)");
        return times[1];
    }
}
