#if !ORLEANS
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RoutingGrid.Silo.Hosting;
using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Silo.Replay;

/// <summary><c>replay</c>: a recorded month of a real call center, through the real grains.</summary>
internal static class ReplayVerb
{
    private const string Teaching = """
        Plays recorded calls through the routing that runs in production, in virtual time: a month takes some seconds.
        The report puts what was recorded beside what the replayed center did, by type and in total.

        FILE is a month of the "Anonymous Bank" call-center data of Ilan Guedj and Avi Mandelbaum, Technion, Haifa: tab-separated,
        plain or gzip. Callers come when they came, talk for as long as they did, and hang up when their patience ends: recorded
        for those who hung up, drawn from the month's Kaplan-Meier estimate for those who were served. Agents work when the file
        shows them at work and serve the types they were seen to serve. Breaks and after-call work are not in the file, so the
        replayed center does better than the recorded one; --wrap-up gives each agent a pause after every call.

        The same file, days, seed and wrap-up give the same run, to the last byte of its journal: the hash says so. Bad lines are
        named by number on the standard error, skipped, and make the exit code 2.

        Examples:
          replay month.tsv.gz --format anonymous-bank
          replay month.tsv.gz --format anonymous-bank --from 1999-01-03 --to 1999-01-09 --wrap-up 60
          replay month.tsv.gz --format anonymous-bank --seed 7 --json
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The recorded month." };
        var format = new Option<string>("--format") { Description = "How FILE is written.", HelpName = "anonymous-bank", Required = true };
        format.AcceptOnlyFromAmong("anonymous-bank");
        var from = new Option<DateOnly?>("--from") { Description = "The first day; default: the file's first.", HelpName = "YYYY-MM-DD", CustomParser = Day };
        var to = new Option<DateOnly?>("--to") { Description = "The last day, included; default: the file's last.", HelpName = "YYYY-MM-DD", CustomParser = Day };
        var seed = new Option<ulong>("--seed") { Description = "Decides what is drawn, and every order that concurrency leaves open.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var wrapUp = new Option<int>("--wrap-up")
        {
            Description = "Seconds for which an agent is unavailable after a call.", HelpName = "SECONDS", CustomParser = NumberOption.WholeNumber(0, 86_400),
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        var verb = new Command("replay", Teaching) { file, format, from, to, seed, wrapUp, json };
        // Beside the command line's own thread, which waits for Ctrl-C.
        verb.SetAction((parsed, cancel) => Task.Run(
            () => ReplayRun.Run(
                new ReplaySettings(
                    parsed.GetValue(file)!, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(seed),
                    TimeSpan.FromSeconds(parsed.GetValue(wrapUp)), parsed.GetValue(json)),
                Console.Out, Console.Error, cancel),
            CancellationToken.None));
        return verb;
    }

    private static DateOnly? Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        result.AddError($"'{result.Tokens[0].Value}' is not a day: write it as 1999-01-31.");
        return null;
    }
}
#endif
