using System.CommandLine;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary><c>doctor</c>: is this journal sound?</summary>
internal static class DoctorVerb
{
    private const string Teaching = """
        Checks a journal from its first event to its last, and changes nothing:
          what is stored     pages, the checksum of every write, versions and positions without gaps, events that can be read
          the invariants     no case held by two, no message in two cases, every offer ends, every open case in exactly one place …
          the read models    rows and deadlines, made anew from the events and compared

        Two of the nine invariants are about time (an agent idles while a case waits; one is served before its turn). No server can keep
        them while it does not run, so what is found of these is shown as late and does not make a journal unsound.

        Exit code 0: sound. 1: not sound, or it cannot be opened. 130: stopped.

        Examples:
          doctor                                     the journal in ./data; its server must not run
          doctor --data /var/lib/routinggrid --live  beside a running server, on a copy of this moment in the temporary folder
          doctor --json                              one line of JSON
        """;

    public static Command Create()
    {
        var data = DataOption();
        var live = new Option<bool>("--live") { Description = "Check a copy made now, while a server uses the journal." };
        var tolerance = new Option<int>("--tolerance")
        {
            Description = "Seconds for which an idle agent and a case may wait beside each other.", HelpName = "SECONDS", DefaultValueFactory = _ => 30,
            CustomParser = NumberOption.WholeNumber(0, int.MaxValue),
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        var verb = new Command("doctor", Teaching) { data, live, tolerance, json };
        verb.SetAction((parsed, cancel) => DoctorRun.Run(
            new DoctorSettings(parsed.GetValue(data)!, parsed.GetValue(live), TimeSpan.FromSeconds(parsed.GetValue(tolerance)), parsed.GetValue(json)),
            Console.Out, Console.Error, cancel));
        return verb;
    }

    public static Option<string> DataOption() => new("--data") { Description = "Folder of the journal.", HelpName = "DIR", DefaultValueFactory = _ => "data" };
}
