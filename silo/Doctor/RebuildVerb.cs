using System.CommandLine;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary><c>rebuild</c>: the read models anew, from the events.</summary>
internal static class RebuildVerb
{
    private const string Teaching = """
        Throws the read models away (rows of cases and agents, deadlines) and makes them again from the events, in one transaction.
        The events, the claims of message ids and the keys stay as they are. Its server must not run.

        Exit code 0: done. 1: it cannot be opened, or not every event can be read: nothing was changed. 130: stopped: nothing was changed.

        Example:
          rebuild --data /var/lib/routinggrid && doctor --data /var/lib/routinggrid
        """;

    public static Command Create()
    {
        var data = DoctorVerb.DataOption();
        var verb = new Command("rebuild", Teaching) { data };
        verb.SetAction((parsed, cancel) => Run(parsed.GetValue(data)!, Console.Out, Console.Error, cancel));
        return verb;
    }

    private static async Task<int> Run(string dataDirectory, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            var path = Journals.PathOf(new HostSettings { DataDirectory = dataDirectory });
            if (!File.Exists(path)) throw new JournalUnusableException($"There is no journal at {path}. Name its folder with --data.");
            await using var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System);
            var rebuilt = await journal.Rebuild(new Counter(errors, "cases and agents"), cancel);
            output.WriteLine($"Rebuilt: {rebuilt.Cases:N0} cases, {rebuilt.Agents:N0} agents, {rebuilt.Deadlines:N0} deadlines.");
            return 0;
        }
        catch (Exception refused) when (refused is JournalUnusableException or IOException)
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
}
