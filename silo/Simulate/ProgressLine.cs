#if !ORLEANS
using System.Globalization;
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Staffing;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Silo.Simulate;

/// <summary>How far it has come, on the standard error: one line that rewrites itself on a terminal, a line now and then elsewhere. Replications report from threads of their own.</summary>
internal sealed class ProgressLine(TextWriter errors, bool redirected, TimeProvider clock) : IProgress<ReplicationProgress>, IProgress<StaffingProgress>
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ReplicationProgress> _running = [];
    private int _all;
    private int _done;
    private int _before;
    private Scenario? _scenario;
    private bool _search;
    private StaffingProgress _staffing;
    private long _began;
    private long _written;
    private int _width;

    /// <summary>What is done, as a sentence.</summary>
    public string Finished => _search
        ? $"Staffings tried: {_staffing.Tried}; the smallest is not known yet."
        : $"{_done} of {_all} replications were finished.";

    public void Begin(int replications) => (_all, _began, _written) = (replications, clock.GetTimestamp(), clock.GetTimestamp());

    public void BeginSearch(int replications)
    {
        Begin(replications);
        _search = true;
    }

    public void Report(ReplicationProgress value)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_scenario, value.Scenario)) // One scenario is done before the next begins.
            {
                (_scenario, _before) = (value.Scenario, _done);
                _running.Clear();
            }
            _running[value.Number] = value;
            Write(value);
        }
    }

    public void Report(StaffingProgress value)
    {
        lock (_lock) (_staffing, _done) = (value, 0);
    }

    /// <summary>One more replication is there.</summary>
    public void Done()
    {
        lock (_lock) _done++;
    }

    /// <summary>Leaves a clean line.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_width > 0) errors.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }

    private void Write(ReplicationProgress value)
    {
        if (clock.GetElapsedTime(_written) < (redirected ? Elsewhere : OnTerminal)) return;
        _written = clock.GetTimestamp();
        var line = string.Create(CultureInfo.InvariantCulture, $"{(_search ? Searching() : Playing())}; replication {value.Number} at {value.Run.VirtualTime:HH:mm}, {value.Run.Contacts:N0} contacts");
        if (redirected) errors.WriteLine(line);
        else errors.Write($"\r{line.PadRight(_width)}");
        _width = redirected ? 0 : Math.Max(_width, line.Length);
    }

    private string Searching() => $"staffings tried: {_staffing.Tried}, {_staffing.Doing}";

    private string Playing()
    {
        // What is under way counts for the part of its day that has passed.
        var share = (_before + _running.Values.Sum(Part)) / _all;
        var left = clock.GetElapsedTime(_began) * ((1 - share) / Math.Max(share, 1e-6));
        return string.Create(CultureInfo.InvariantCulture, $"{_done} of {_all} replications, {share * 100:F0} %, {Left(left)} left");
    }

    private static double Part(ReplicationProgress run) =>
        Math.Clamp((run.Run.VirtualTime - run.Scenario.Start) / (run.Scenario.End - run.Scenario.Start), 0, 1);

    private static string Left(TimeSpan time) => time.TotalMinutes >= 100 ? $"{time.TotalHours:F0} h" : time.TotalSeconds >= 100 ? $"{time.TotalMinutes:F0} min" : $"{time.TotalSeconds:F0} s";
}
#endif
