using System.CommandLine;
using RoutingGrid.Silo.Doctor;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Archive;

/// <summary><c>archive</c>: old cases out of the tables, into files.</summary>
internal static class ArchiveVerb
{
    private const string Teaching = """
        Moves closed cases out of the tables into compressed JSON files. The server goes on showing them: it reads them from there, so the files belong
        to the journal, also in a backup. Its server must not run; `serve --archive-after` does the same in the background.

        A case goes when it was closed longer ago than --older-than, its customer can reopen it no more, and it has no deadline. A line is a case: its place in
        the journal, and its events as they are stored. A file is on the disk, and was read back, before anything is deleted; killed at any moment, nothing is lost, and the
        next run removes what was left over.

        Exit code 0: done. 1: it cannot be opened or written; what was said to be archived is. 130: stopped.

        Examples:
          archive --older-than 90d                                   the journal in ./data, to ./data/archive
          archive --older-than 90d --data /var/lib/routinggrid --to /mnt/archive
          archive --older-than 365d --store postgres --to /mnt/archive   the connection is in the environment variable ROUTINGGRID_POSTGRES
          archive --older-than 90d --dry-run                         how many would go
          zcat data/archive/*.jsonl.gz | jq -c '[.workspace, .case, .closedAt]'
        """;

    public static Command Create()
    {
        var store = new StoreOptions();
        var olderThan = new Option<TimeSpan?>("--older-than")
        {
            Description = "How long ago a case must have been closed: 90d, 12h, 30m, 45s.", HelpName = "AGE", Required = true, CustomParser = AgeOption.Parse,
        };
        var to = new Option<string?>("--to") { Description = "Folder of the files; made if need be. Default: archive, in the folder of --data.", HelpName = "FOLDER" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say how many would go, and change nothing." };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        var verb = new Command("archive", Teaching) { olderThan, to, dryRun, json };
        store.AddTo(verb);
        verb.SetAction((parsed, cancel) => ArchiveRun.Run(
            new ArchiveSettings(store.Of(parsed), parsed.GetValue(olderThan)!.Value, parsed.GetValue(to), parsed.GetValue(dryRun), parsed.GetValue(json)),
            TimeProvider.System, Console.Out, Console.Error, cancel));
        return verb;
    }
}
