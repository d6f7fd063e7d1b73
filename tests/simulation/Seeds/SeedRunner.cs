using System.Diagnostics;
using System.Globalization;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>Runs many seeds, as many at once as there are cores. What a seed comes to does not depend on the others.</summary>
internal sealed class SeedRunner(IEnumerable<SeedSpec> specs, int count, int mostFailures, TextWriter output, TextWriter progress)
{
    /// <summary>A run takes some tenths of a second; one that takes so long will not end.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly IEnumerator<SeedSpec> _next = specs.GetEnumerator();
    private readonly SeedTotals _totals = new();
    private readonly Dictionary<SeedSpec, long> _running = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>0: all kept their promises; 1: some did not.</summary>
    public int Run(CancellationToken cancel)
    {
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Work(cancel)) { IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        while (!workers.All(worker => worker.Join(TimeSpan.FromSeconds(1))))
        {
            if (Hung() is not { } hung) continue;
            output.WriteLine($"{hung} does not end: it has run for {TooLong.TotalMinutes:0} minutes. Repeat it with:\n  {hung.Command}");
            return Close(1);
        }
        if (_totals.Runs < count) progress.WriteLine($"Stopped after {_totals.Runs} of {count} seeds.");
        return Close(_totals.Failures.Count > 0 ? 1 : 0);
    }

    private void Work(CancellationToken cancel)
    {
        while (Take(cancel) is { } spec)
        {
            var outcome = SeedOutcome.Of(spec);
            lock (_gate)
            {
                _running.Remove(spec);
                _totals.Add(outcome);
                if (outcome.Report is not null) output.WriteLine(outcome.Report);
            }
        }
    }

    private SeedSpec? Take(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (cancel.IsCancellationRequested || _totals.Failures.Count >= mostFailures || !_next.MoveNext()) return null;
            _running[_next.Current] = Stopwatch.GetTimestamp();
            return _next.Current;
        }
    }

    /// <summary>Says how far it is, and finds a run that will not end.</summary>
    private SeedSpec? Hung()
    {
        lock (_gate)
        {
            var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_totals.Runs} of {count} seeds, {_totals.Runs / seconds:0.0} per second, {_totals.Failures.Count} failed"));
            return _running.FirstOrDefault(run => Stopwatch.GetElapsedTime(run.Value) > TooLong).Key;
        }
    }

    private int Close(int code)
    {
        lock (_gate)
        {
            if (_totals.Failures.Count > 0) output.WriteLine($"Failed:\n{string.Join('\n', _totals.Failures.Select(outcome => $"  {outcome.Spec.Command}"))}");
            output.WriteLine(_totals.Line(Stopwatch.GetElapsedTime(_start).TotalSeconds));
            return code;
        }
    }
}
