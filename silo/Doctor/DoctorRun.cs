using System.Diagnostics;
using System.Text.Json;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <param name="Store">Where the journal is.</param>
/// <param name="Live">A server may be using the journal.</param>
/// <param name="Tolerance">How long a waiting case and an idle agent may stand side by side.</param>
internal sealed record DoctorSettings(HostSettings Store, bool Live, TimeSpan Tolerance, bool Json);

/// <summary>Checks a journal and says what is wrong. Exit code 0: sound; 1: not, or it cannot be opened; 130: stopped.</summary>
internal static class DoctorRun
{
    // Agents who idled beside waiting cases: while no server ran, nobody could match, and the journal does not say when none ran.
    private static readonly int[] OfTime = [7, 8];

    // Where one is wrong, mostly all are.
    private const int MostOfHistory = 20;

    public static async Task<int> Run(DoctorSettings settings, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await using var journal = await StoredJournal.Open(settings.Store, settings.Live, cancel);
            var findings = await Check(journal, settings.Tolerance, errors, cancel);
            output.WriteLine(settings.Json ? Line(findings) : Text(findings));
            return findings.IsSound ? 0 : 1;
        }
        catch (JournalUnusableException refused)
        {
            var hint = settings.Live || !refused.Message.Contains(" is in use", StringComparison.Ordinal) ? "" : " Or add --live, to check it while the server goes on.";
            errors.WriteLine(refused.Message + hint);
            return 1;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. Nothing was changed.");
            return 130;
        }
    }

    private static async Task<Findings> Check(StoredJournal journal, TimeSpan tolerance, TextWriter errors, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        errors.WriteLine("Reading what is stored: checksums, versions, positions …");
        var damages = new List<Damage>();
        await foreach (var damage in journal.Maintenance.Inspect(new Counter(errors, "events read"), cancel)) damages.Add(damage);
        errors.WriteLine($"Folding every event, checking the invariants{(journal.IsAtRest ? ", comparing the read models" : "")} …");
        // What cannot be read cannot be folded.
        var audit = damages.Any(damage => damage.Position is null || damage.What.Contains("cannot be read", StringComparison.Ordinal))
            ? null
            : journal.IsAtRest ? await JournalAudit.Of(journal.Journal, tolerance, cancel) : await OfEvents(journal.Journal, tolerance, cancel);
        var differences = new List<string>();
        if (audit is not null && journal.HasHistory)
        {
            errors.WriteLine("Bringing the history up to date, comparing it …");
            await using var history = JournalHistory.Of(journal.Journal, TimeProvider.System);
            await foreach (var difference in history.Inspect(cancel)) differences.Add(difference);
            await audit.Compare(history.Reports, cancel);
        }
        return new Findings(damages, audit, differences, journal.IsAtRest, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>The events up to now. The read models follow them while they are read, and cannot be compared.</summary>
    private static async Task<JournalAudit> OfEvents(IJournal journal, TimeSpan tolerance, CancellationToken cancel)
    {
        var audit = new JournalAudit(tolerance);
        await foreach (var recorded in journal.ReadAll(0, cancel)) audit.Check(recorded);
        return audit;
    }

    private static string Text(Findings findings)
    {
        var lines = new List<string>();
        lines.AddRange(findings.Damages.Select(damage => damage.Position is { } position ? $"damaged at position {position}: {damage.What}" : $"damaged: {damage.What}"));
        lines.AddRange(findings.Broken.Select(violation => violation.ToString()));
        lines.AddRange(findings.Late.Select(violation => $"late: {violation}"));
        lines.AddRange(findings.History.Take(MostOfHistory).Select(difference => $"history: {difference}"));
        if (findings.History.Count > MostOfHistory) lines.Add($"history: and {findings.History.Count - MostOfHistory:N0} more.");
        if (findings.Audit is null) lines.Add("The invariants were not checked, since not everything can be read.");
        var events = findings.Audit is { } audit ? $"{audit.Events:N0} events, " : "";
        lines.Add(findings.IsSound
            ? $"Sound: {events}all nine invariants, {(findings.HasRows ? "checksums and read models" : "and checksums; the read models were not compared, since a server may be changing them")}, in {findings.Elapsed.TotalSeconds:0.0} s.{(findings.Late.Count > 0 ? " What is late may be from when no server ran." : "")}"
            : $"NOT sound: {findings.Damages.Count} damages, {findings.Broken.Count} broken invariants, {findings.History.Count} differences of the history. Rows and a history that are wrong: `rebuild` makes them again from the events. "
              + "Damaged events: restore a backup, and keep the damaged journal for a closer look.");
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(Findings findings) => JsonSerializer.Serialize(new
    {
        sound = findings.IsSound,
        events = findings.Audit?.Events,
        damages = findings.Damages.Select(damage => new { position = damage.Position, what = damage.What }),
        broken = findings.Broken.Select(Plain),
        late = findings.Late.Select(Plain),
        history = findings.History,
        rowsCompared = findings.Audit is not null && findings.HasRows,
        seconds = Math.Round(findings.Elapsed.TotalSeconds, 3),
    });

    private static object Plain(Violation violation) =>
        new { invariant = violation.Invariant, position = violation.Position, at = violation.At, workspace = violation.Workspace, what = violation.What };

    private sealed record Findings(List<Damage> Damages, JournalAudit? Audit, List<string> History, bool HasRows, TimeSpan Elapsed)
    {
        public List<Violation> Broken { get; } = [.. (Audit?.Violations ?? []).Where(violation => !OfTime.Contains(violation.Invariant))];
        public List<Violation> Late { get; } = [.. (Audit?.Violations ?? []).Where(violation => OfTime.Contains(violation.Invariant))];
        public bool IsSound => Damages.Count == 0 && Broken.Count == 0 && History.Count == 0 && Audit is not null;
    }
}
