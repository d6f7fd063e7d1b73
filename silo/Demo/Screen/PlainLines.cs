namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>The wallboard where there is no terminal: a line a second.</summary>
internal static class PlainLines
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public static async Task Show(TextWriter output, Func<ScreenState> state, TimeZoneInfo zone, TimeProvider time, CancellationToken end)
    {
        await output.WriteLineAsync($"wallboard page: {state().PageAddress}");
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                await output.WriteLineAsync(Of(state(), zone));
                await output.FlushAsync(end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // That was the last one.
        }
    }

    public static string Of(ScreenState state, TimeZoneInfo zone)
    {
        var clock = $"{TimeZoneInfo.ConvertTime(state.Now, zone):HH:mm:ss}";
        if (state.Board is not { } board) return $"{clock}  waiting for the first numbers";
        var all = board.Total;
        var waiting = string.Join(' ', board.Queues.Select(queue => $"{queue.Queue} {queue.Waiting}"));
        var available = board.Activities.Where(activity => activity.Available).Sum(activity => activity.Agents);
        var last = board.Decisions.OrderByDescending(decision => decision.At).FirstOrDefault();
        return $"{clock}  waiting {all.Waiting} ({waiting})  longest {Format.Seconds(all.LongestWaitSeconds)}  TME {Format.Seconds(all.TmeSeconds)}"
            + $"  TMO {Format.Seconds(all.TmoSeconds)}  level {Format.Percent(all.ServiceLevel)}  available {available} of {board.Activities.Sum(activity => activity.Agents)}"
            + $"  messages {state.People.Messages}  cases {state.People.Cases}  closed {state.People.Closed}"
            + (state.Live ? "" : "  (connecting)")
            + (last is null ? "" : $"  | {last.What} {last.Queue} {last.Agent} {last.Reason}".TrimEnd());
    }
}
