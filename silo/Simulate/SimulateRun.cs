#if !ORLEANS
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Reports;
using RoutingGrid.Simulation.Outcomes.Staffing;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Silo.Simulate;

/// <summary>Reads, plays, reports and writes. Exit code 0; 1: it cannot be done as asked; 130: stopped.</summary>
internal sealed class SimulateRun(
    SimulateSettings settings, TextWriter output, TextWriter errors, bool errorsRedirected, TimeProvider clock, CancellationToken cancel)
{
    private readonly ProgressLine _progress = new(errors, errorsRedirected, clock);
    private readonly long _began = clock.GetTimestamp();

    public int Run()
    {
        try
        {
            // All that can be known to go wrong is, before minutes of work.
            if (ReadAll() is not { } scenarios || !CanWrite()) return 1;
            errors.WriteLine(Intention(scenarios));
            var report = settings.Target is { } target ? Staff(scenarios[0], target) : Play(scenarios);
            _progress.End();
            Write(report);
            output.WriteLine(settings.Json ? OutcomeJson.Line(report) : OutcomeReport.Text(report).TrimEnd());
            return 0;
        }
        catch (StaffingException impossible)
        {
            _progress.End();
            errors.WriteLine(impossible.Message);
            return 1;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _progress.End();
            errors.WriteLine(failed.Message);
            return 1;
        }
        catch (Exception stopped) when (IsStop(stopped))
        {
            _progress.End();
            errors.WriteLine($"Stopped. {_progress.Finished} Nothing was written.");
            return 130;
        }
    }

    private string Intention(Scenario[] scenarios) =>
        $"{(settings.Target is { } target ? $"Looking for staffing with {target}, over" : "Playing")} {settings.Replications} {(settings.Replications == 1 ? "replication" : "replications")} of "
        + $"{string.Join(" and of ", scenarios.Select(scenario => scenario.Name))}. Ctrl-C stops.";

    /// <summary>Null where one cannot be used: all that is wrong with any has been said.</summary>
    private Scenario[]? ReadAll()
    {
        string[] files = settings.Compare is null ? [settings.File] : [settings.File, settings.Compare];
        Scenario[] read = [.. files.Select(Read).OfType<Scenario>()];
        return read.Length == files.Length ? read : null;
    }

    private Scenario? Read(string file)
    {
        try
        {
            return Scenario.Read(file);
        }
        catch (ScenarioException invalid)
        {
            foreach (var error in invalid.Errors) errors.WriteLine($"{file}: {error}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.WriteLine($"{file} cannot be read: {unreadable.Message}");
        }
        return null;
    }

    private bool CanWrite()
    {
        var can = true;
        foreach (var (option, file) in settings.Outputs)
        {
            var path = Path.GetFullPath(file);
            if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path))) Refuse($"{option} {file}: there is no such folder, or it is a folder itself.");
            else if (new[] { settings.File, settings.Compare }.Any(read => read is not null && Path.GetFullPath(read) == path)) Refuse($"{option} {file} would overwrite the scenario: choose another name.");
            else if (option == "--write") CanBeReadThere(file, path);
        }
        return can;

        void Refuse(string why)
        {
            errors.WriteLine(why);
            can = false;
        }

        void CanBeReadThere(string file, string path)
        {
            try
            {
                Scenario.Parse(File.ReadAllText(settings.File), Path.GetDirectoryName(path)!);
            }
            catch (ScenarioException)
            {
                Refuse($"--write {file}: {settings.File} names other files, which would not be found from there. Write it into the same folder.");
            }
        }
    }

    private SimulationReport Play(Scenario[] scenarios)
    {
        _progress.Begin(scenarios.Length * settings.Replications);
        Outcome[] outcomes = [.. scenarios.Select(scenario => Outcome.Of(Replications(scenario)))];
        var other = scenarios.Length > 1 ? outcomes[1] : null;
        return Report(scenarios[0], outcomes[0]) with
        {
            Other = other is null ? null : Told(scenarios[1], other),
            Comparison = other is null ? null : Comparison.Of(outcomes[0], other),
            Notes = [.. ReportNotes.Of(scenarios)],
        };
    }

    private SimulationReport Staff(Scenario scenario, StaffingTarget target)
    {
        _progress.BeginSearch(settings.Replications);
        var answer = new StaffingSearch(scenario, target, Replications, _progress).Find();
        if (settings.Write is { } file) File.WriteAllText(file, StaffedFile.Of(File.ReadAllText(settings.File), target, answer.Plan));
        return Report(answer.Scenario, Outcome.Of(answer.Replications)) with { Staffing = new StaffingReport(target, answer.Plan.Groups, answer.Runs) };
    }

    private IEnumerable<Replication> Replications(Scenario scenario)
    {
        foreach (var replication in ReplicationSet.Run(scenario, settings.Replications, settings.Seed, Environment.ProcessorCount, _progress, cancel))
        {
            _progress.Done();
            yield return replication;
        }
    }

    private SimulationReport Report(Scenario scenario, Outcome outcome) => new()
    {
        First = Told(scenario, outcome),
        Seed = settings.Seed,
        Command = settings.Command(),
        WallSeconds = clock.GetElapsedTime(_began).TotalSeconds,
        Notes = [.. ReportNotes.Of([scenario])],
    };

    private static ScenarioOutcome Told(Scenario scenario, Outcome outcome) => new(scenario.Name, [.. ReportNotes.PeriodNames(scenario)], outcome);

    private void Write(SimulationReport report)
    {
        if (settings.Html is { } html) File.WriteAllText(html, OutcomePage.Html(report));
        if (settings.Csv is not { } csv) return;
        using var file = new StreamWriter(csv);
        OutcomeCsv.Write(file, report);
    }

    private bool IsStop(Exception thrown) =>
        cancel.IsCancellationRequested && (thrown is OperationCanceledException || thrown is AggregateException several && several.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException));
}
#endif
