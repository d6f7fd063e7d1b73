using System.CommandLine;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary><c>rebuild</c>: the read models anew, from the events.</summary>
internal static class RebuildVerb
{
    private const string Teaching = """
        Throws the read models away (rows of cases and agents, deadlines) and makes them again from the events, in one transaction; then the
        history that searches read, which goes on in the background of the server where this is stopped.
        The events, the claims of message ids and the keys stay as they are. Its server must not run.

        Exit code 0: done. 1: it cannot be opened, or not every event can be read: nothing was changed. 130: stopped: nothing was changed.

        Examples:
          rebuild --data /var/lib/routinggrid && doctor --data /var/lib/routinggrid
          rebuild --store postgres             the connection is in the environment variable ROUTINGGRID_POSTGRES
        """;

    public static Command Create()
    {
        var store = new StoreOptions();
        var verb = new Command("rebuild", Teaching);
        store.AddTo(verb);
        verb.SetAction((parsed, cancel) => Run(store.Of(parsed), Console.Out, Console.Error, cancel));
        return verb;
    }

    private static async Task<int> Run(HostSettings settings, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await using var journal = await StoredJournal.Open(settings, live: false, cancel);
            var rebuilt = await journal.Maintenance.Rebuild(new Counter(errors, "cases and agents"), cancel);
            output.WriteLine($"Rebuilt: {rebuilt.Cases:N0} cases, {rebuilt.Agents:N0} agents, {rebuilt.Deadlines:N0} deadlines.");
            await using var history = JournalHistory.Of(journal.Journal, TimeProvider.System);
            return await Rebuild(history, output, errors, cancel);
        }
        catch (Exception refused) when (refused is JournalUnusableException or ArchiveUnusableException or IOException)
        {
            errors.WriteLine(refused.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. Nothing was changed.");
            return 130;
        }
    }

    private static async Task<int> Rebuild(JournalHistory history, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await history.Rebuild(new Counter(errors, "events followed by the history"), cancel);
            output.WriteLine("Rebuilt: the history.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. The rest of the history is built when the server runs.");
            return 130;
        }
    }
}
