using System.Text.Json;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;
using RoutingGrid.Silo.Doctor;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Archive;

/// <param name="To">Null: the folder beside the data.</param>
internal sealed record ArchiveSettings(HostSettings Store, TimeSpan OlderThan, string? To, bool DryRun, bool Json);

/// <summary>Archives a journal at rest. Exit code 0: done; 1: it cannot be opened or written; 130: stopped.</summary>
internal static class ArchiveRun
{
    private const int BatchCases = 2_000;

    public static async Task<int> Run(ArchiveSettings settings, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await using var journal = await StoredJournal.Open(settings.Store, live: false, cancel);
            var now = time.GetUtcNow();
            var order = new ArchiveOrder(FolderOf(settings.To, settings.Store.DataDirectory), now - settings.OlderThan, now) { BatchCases = BatchCases };
            var report = new Report(settings.DryRun, Path.GetFullPath(order.Folder));
            if (settings.DryRun)
                await foreach (var due in journal.Archive.Due(order, cancel)) report.Add(due);
            else
                await Archive(journal, order, report, errors, cancel);
            output.WriteLine(settings.Json ? report.Line() : report.Text());
            return 0;
        }
        catch (Exception refused) when (refused is JournalUnusableException or ArchiveUnusableException or UnknownOutcomeException or ArchivingAlreadyException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(refused.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. What was archived stays so; the rest is as it was.");
            return 130;
        }
    }

    private static async Task Archive(StoredJournal journal, ArchiveOrder order, Report report, TextWriter errors, CancellationToken cancel)
    {
        await using var history = JournalHistory.Of(journal.Journal, TimeProvider.System);
        // What was moved when the last run was killed.
        await history.Archived(cancel);
        await foreach (var batch in journal.Archive.Archive(order, cancel))
        {
            report.Add(batch, errors);
            await history.Archived(cancel);
        }
    }

    /// <summary>Where files go that nobody chose a folder for.</summary>
    public static string FolderOf(string? chosen, string data) => chosen ?? Path.Combine(Path.GetFullPath(data), "archive");

    private sealed class Report(bool isDryRun, string folder)
    {
        private int _cases;
        private int _kept;
        private int _files;
        private long _bytes;
        private DateTimeOffset? _from;
        private DateTimeOffset? _to;

        public void Add(ArchivedCase one)
        {
            _cases++;
            if (_from is null || one.ClosedAt < _from) _from = one.ClosedAt;
            if (_to is null || one.ClosedAt > _to) _to = one.ClosedAt;
        }

        public void Add(ArchivedBatch batch, TextWriter errors)
        {
            foreach (var one in batch.Cases) Add(one);
            foreach (var kept in batch.Kept) errors.WriteLine($"Kept: {kept}. Run `doctor`.");
            _kept += batch.Kept.Length;
            if (batch.Cases.IsEmpty) return;
            _files++;
            _bytes += batch.Bytes;
            errors.WriteLine($"{batch.Cases.Length:N0} cases to {batch.Path} ({batch.Bytes:N0} bytes).");
        }

        public string Text()
        {
            var closed = _cases == 0 ? "" : $", closed from {_from:yyyy-MM-dd} to {_to:yyyy-MM-dd}";
            return isDryRun
                ? $"Would archive {_cases:N0} cases{closed}, to {folder}. Nothing was changed."
                : $"Archived {_cases:N0} cases{closed}: {_files:N0} files, {_bytes:N0} bytes, in {folder}.{(_kept > 0 ? $" {_kept:N0} cases were kept." : "")}";
        }

        public string Line() => JsonSerializer.Serialize(new
        {
            dryRun = isDryRun, cases = _cases, kept = _kept, files = _files, bytes = _bytes, folder, closedFrom = _from, closedTo = _to,
        });
    }
}
