using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;

namespace RoutingGrid.Silo.Archive;

/// <summary>Archives in the background of a server, which is the active one when this runs: small batches, with pauses, so that routing does not notice.</summary>
internal sealed class ArchiveService(IJournal journal, IHistory history, RetentionSettings settings, TimeProvider time, ILogger<ArchiveService> log) : BackgroundService
{
    private const int BatchCases = 250;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (journal is not IJournalArchive archive)
        {
            log.LogWarning("A journal in memory keeps everything: nothing is archived.");
            return;
        }
        try
        {
            while (true) await Task.Delay(await Pass(archive, stoppingToken) ? settings.Every : AfterTrouble, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops. What is in a file and not yet out of the tables is left over, and goes with the next start.
        }
    }

    private async Task<bool> Pass(IJournalArchive archive, CancellationToken cancel)
    {
        try
        {
            var now = time.GetUtcNow();
            var order = new ArchiveOrder(settings.Folder, now - settings.After, now) { BatchCases = BatchCases };
            // What was moved when the last pass broke off.
            await history.Archived(cancel);
            await foreach (var batch in archive.Archive(order, cancel))
            {
                Tell(batch);
                await history.Archived(cancel);
                await Task.Delay(settings.Pause, time, cancel);
            }
            return true;
        }
        catch (ArchivingAlreadyException elsewhere)
        {
            log.LogInformation("Not archived here: {Reason}", elsewhere.Message);
            return true;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            log.LogError(trouble, "Archiving to {Folder} stopped, and is tried again in {Minutes} minutes. Nothing is lost.", settings.Folder, AfterTrouble.TotalMinutes);
            return false;
        }
    }

    private void Tell(ArchivedBatch batch)
    {
        foreach (var kept in batch.Kept) log.LogWarning("Not archived: {Kept}.", kept);
        if (!batch.Cases.IsEmpty)
            log.LogInformation("Archived {Cases} cases, closed until {Until:O}, to {Path} ({Bytes} bytes).", batch.Cases.Length, batch.Cases.Max(one => one.ClosedAt), batch.Path, batch.Bytes);
    }
}

/// <summary>How long closed cases stay in the tables of a server, and where they go.</summary>
public sealed record RetentionSettings(TimeSpan After, string Folder)
{
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    /// <summary>How often it looks for cases whose time has come.</summary>
    internal TimeSpan Every => After / 10 is var tenth && tenth > Seldom ? Seldom : tenth < Often ? Often : tenth;

    /// <summary>Between two batches.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);
}
