using System.CommandLine;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary><c>doctor</c>: is this journal sound?</summary>
internal static class DoctorVerb
{
    private const string Teaching = """
        Checks a journal from its first event to its last, and changes nothing of it:
          what is stored     the checksum of every write, versions without gaps, events that can be read; of SQLite also pages, and positions
                             without gaps (on PostgreSQL a group that was undone leaves one, and the server looks after its pages)
          the invariants     no case held by two, no message in two cases, every offer ends, every open case in exactly one place …
          the read models    rows and deadlines, made anew from the events and compared
          the history        what searches read: brought up to date, every column of every case compared with its row, the words of some looked for;
                             what reports add up, compared with what the events make of it

        Two of the nine invariants are about time (an agent idles while a case waits; one is served before its turn). No server can keep
        them while it does not run, so what is found of these is shown as late and does not make a journal unsound.

        Exit code 0: sound. 1: not sound, or it cannot be opened. 130: stopped.

        Examples:
          doctor                                     the journal in ./data; its server must not run
          doctor --data /var/lib/routinggrid --live  beside a running server, on a copy of this moment in the temporary folder
          doctor --postgres "Host=127.0.0.1;Database=routinggrid;Username=routinggrid"
                                                     the journal on PostgreSQL; the environment variable ROUTINGGRID_POSTGRES may have the connection
          doctor --store postgres --live             beside its server: everything but the read models, which change while they are read
          doctor --json                              one line of JSON
        """;

    public static Command Create()
    {
        var store = new StoreOptions();
        var live = new Option<bool>("--live") { Description = "Check while a server uses the journal: of SQLite a copy made now, of PostgreSQL what was committed until now." };
        var tolerance = new Option<int>("--tolerance")
        {
            Description = "Seconds for which an idle agent and a case may wait beside each other.", HelpName = "SECONDS", DefaultValueFactory = _ => 30,
            CustomParser = NumberOption.WholeNumber(0, int.MaxValue),
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        var verb = new Command("doctor", Teaching) { live, tolerance, json };
        store.AddTo(verb);
        verb.SetAction((parsed, cancel) => DoctorRun.Run(
            new DoctorSettings(store.Of(parsed), parsed.GetValue(live), TimeSpan.FromSeconds(parsed.GetValue(tolerance)), parsed.GetValue(json)),
            Console.Out, Console.Error, cancel));
        return verb;
    }
}
