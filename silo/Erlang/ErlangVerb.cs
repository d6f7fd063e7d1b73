using System.CommandLine;
using System.CommandLine.Parsing;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Erlang;

/// <summary><c>erlang</c>: what a center's figures come to by the formulas of queueing theory, or how many agents a target takes.</summary>
internal static class ErlangVerb
{
    public const double Day = 86_400;

    private const double Year = 366 * Day;
    private const int MostAgents = 100_000;
    private const int MostWaiting = 1_000_000;

    private const string Teaching = """
        Says what so many agents come to (--agents), or how many agents a target takes (--target), where calls come at random and
        take random time: exactly, by the formulas of queueing theory. Which one depends on what callers do:

          nothing said               everybody waits as long as it takes                      Erlang C
          --patience SECONDS         a caller hangs up after so long on average               Erlang A
          --queue-limit N            who comes when N calls wait is refused (0: nobody waits) M/M/n/K, Erlang B
          --patience, --queue-limit  both                                                     Erlang A with a limit

        The offered load, in Erlang, is the work that comes in: calls per second times seconds per call. It is the number of agents who would
        be busy if nobody ever waited. Without patience or limit there must be more agents than that, or the queue grows without end.

        The service level is the share of all calls that are served within the time: who is refused or hangs up counts against it. Many
        reports leave out those who hang up within the time; the picture shows that figure too. Real handling times and patience
        are not quite exponential, and load varies within the interval: take the figures as the start of a plan.

        --json prints one line with what was asked and serviceLevel, serviceLevelWithoutShortAbandons, waitedShare, abandonedShare,
        refusedShare, meanWaitSeconds (of all let in), meanWaitOfServedSeconds, meanWaitOfAbandonedSeconds, meanWaitOfDelayedSeconds,
        meanQueueLength and occupancy; with --target for the required agents, and for those around them as the array "around".
        Shares are from 0 to 1.

        Examples:
          erlang --calls 500 --aht 180 --agents 55                    500 calls in half an hour
          erlang --calls 500 --aht 180 --agents 48 --patience 60      fewer agents, and callers who hang up
          erlang --calls 500 --aht 180 --target 80/20                 agents for 80 % within 20 seconds
          erlang --calls 1000 --interval 3600 --aht 180 --agents 55 --queue-limit 0 --json
        """;

    public static Command Create()
    {
        var calls = new Option<double>("--calls")
        {
            Description = "Calls per interval.", HelpName = "N", Required = true, CustomParser = NumberOption.Number(0.001, 1e9),
        };
        var interval = new Option<double>("--interval")
        {
            Description = "Length of the interval; half an hour is what most plans are made in.", HelpName = "SECONDS",
            DefaultValueFactory = _ => 1800, CustomParser = NumberOption.Number(1, Year),
        };
        var aht = new Option<double>("--aht")
        {
            Description = "Average handling time (TMO): talking and after-call work.", HelpName = "SECONDS", Required = true, CustomParser = NumberOption.Number(0.001, Year),
        };
        var agents = new Option<int?>("--agents")
        {
            Description = "Agents who take calls.", HelpName = "N", CustomParser = NumberOption.WholeNumberOrNone(1, MostAgents),
        };
        var target = new Option<string?>("--target")
        {
            Description = "In place of --agents: percent of all calls to be served within seconds.", HelpName = "80/20",
        };
        var patience = new Option<double?>("--patience")
        {
            Description = "Mean time after which a waiting caller hangs up. Default: nobody does.", HelpName = "SECONDS", CustomParser = NumberOption.NumberOrNone(0.001, Year),
        };
        var limit = new Option<int?>("--queue-limit")
        {
            Description = "How many calls can wait. Default: any number.", HelpName = "N", CustomParser = NumberOption.WholeNumberOrNone(0, MostWaiting),
        };
        var within = new Option<double?>("--within")
        {
            Description = "The service level's time, with --agents. Default: 20.", HelpName = "SECONDS", CustomParser = NumberOption.NumberOrNone(0, Day),
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        target.Validators.Add(IsTarget);

        var verb = new Command("erlang", Teaching) { calls, interval, aht, agents, target, patience, limit, within, json };
        verb.SetAction((parsed, _) => Task.FromResult(ErlangRun.Run(
            new ErlangSettings
            {
                Calls = parsed.GetValue(calls),
                Interval = parsed.GetValue(interval),
                Aht = parsed.GetValue(aht),
                Agents = parsed.GetValue(agents),
                Target = parsed.GetValue(target) is { } text ? ServiceTarget.Parse(text) : null,
                Patience = parsed.GetValue(patience),
                QueueLimit = parsed.GetValue(limit),
                WithinGiven = parsed.GetValue(within),
                Json = parsed.GetValue(json),
            },
            Console.Out, Console.Error)));
        return verb;
    }

    private static void IsTarget(OptionResult result)
    {
        if (result.Tokens is not [var token] || ServiceTarget.Parse(token.Value) is not null) return;
        result.AddError($"--target is {token.Value}; write percent/seconds, as 80/20 for 80 % within 20 seconds: 1 to 99.99, and 0 to {Day}.");
    }
}
