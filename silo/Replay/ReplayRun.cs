#if !ORLEANS
using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Silo.Replay;

internal sealed record ReplaySettings(string File, DateOnly? From, DateOnly? To, ulong Seed, TimeSpan WrapUp, bool Json);

/// <summary>Reads, plays and reports. Exit code 0; 1: the file cannot be replayed; 2: done, and some of its lines are bad; 130: stopped.</summary>
internal static class ReplayRun
{
    public static int Run(ReplaySettings settings, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            var month = AnonymousBankFile.Read(settings.File);
            foreach (var bad in month.BadLines) errors.WriteLine(bad);
            var plan = ReplayPlan.Build(month, settings.From, settings.To, settings.Seed, settings.WrapUp);
            errors.WriteLine($"Replaying {plan.Calls.Length} calls from {plan.From:yyyy-MM-dd} to {plan.To:yyyy-MM-dd} with {plan.Agents.Length} agents. Ctrl-C stops.");
            var result = ReplayRunner.Play(plan, month.BadLines.Length, TimeProvider.System, new Progress(errors), cancel: cancel);
            output.WriteLine(settings.Json ? ReplayJson.Line(result) : ReplayReport.Text(result));
            return month.BadLines.IsEmpty ? 0 : 2;
        }
        catch (ReplayFileException refused)
        {
            errors.WriteLine(refused.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. Nothing was kept.");
            return 130;
        }
    }

    /// <summary>A line per virtual day or so; told at once, in order.</summary>
    private sealed class Progress(TextWriter errors) : IProgress<DateTimeOffset>
    {
        private DateTime _day;

        public void Report(DateTimeOffset at)
        {
            if (at.Date == _day) return;
            _day = at.Date;
            errors.Write(Console.IsErrorRedirected ? "" : $"\r{at:yyyy-MM-dd} ");
        }
    }
}
#endif
