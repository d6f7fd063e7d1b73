#if !ORLEANS
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RoutingGrid.Silo.Hosting;
using RoutingGrid.Simulation.Outcomes.Staffing;

namespace RoutingGrid.Silo.Simulate;

/// <summary><c>simulate</c>: a planned day, many times over, through the real grains.</summary>
internal static class SimulateVerb
{
    private const int MostReplications = 100_000;

    private const string Teaching = """
        Plays a planned day through the routing that runs in production, in virtual time, and reports what it comes to: arrivals,
        waits, service levels, abandonment and occupancy, each with its 95 % interval over the replications.

        SCENARIO is a JSON file: periods, contact types with arrivals, service times and patience, groups of agents with skills, shifts
        and breaks. docs/SIMULATION.md shows how to write one; editors check it against docs/scenario.schema.json.

        --compare plays a second scenario with the same random numbers: the same contacts arrive at the same times, need the same
        service and have the same patience. Differences are then those of the scenarios, and the report says which are real.

        --staff-for 80/20 looks for the smallest staffing with which, in every period, at least 80 % of all contacts that arrive are
        served within 20 seconds; --staff-for 80 keeps each type's own target. --write keeps the scenario with it.

        The same scenario, seed and number of replications give the same figures, on any machine. Ctrl-C stops.
        Exit code 0; 1: a scenario or an option cannot be used; 130: stopped.

        Examples:
          simulate monday.json
          simulate monday.json --replications 100 --html monday.html
          simulate monday.json --compare one-agent-more.json
          simulate monday.json --staff-for 80/20 --write staffed.json
          simulate monday.json --json --seed 7 | jq .total.serviceLevel
        """;

    public static Command Create()
    {
        var file = new Argument<string>("SCENARIO") { Description = "The planned day, a JSON file." };
        var replications = new Option<int>("--replications")
        {
            Description = "How often the day is played. With one there are no intervals.", HelpName = "N", DefaultValueFactory = _ => 20,
            CustomParser = NumberOption.WholeNumber(1, MostReplications),
        };
        var seed = new Option<ulong>("--seed") { Description = "Decides everything that is drawn.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "One line of JSON in place of the report." };
        var csv = new Option<string?>("--csv") { Description = "Also writes every figure, by period, as a row of this file.", HelpName = "FILE" };
        var html = new Option<string?>("--html") { Description = "Also writes a page with charts that opens without a network.", HelpName = "FILE" };
        var compare = new Option<string?>("--compare") { Description = "Another scenario, played with the same random numbers.", HelpName = "OTHER" };
        var staffFor = new Option<StaffingTarget?>("--staff-for") { Description = "Looks for the smallest staffing that serves this percentage within so many seconds.", HelpName = "80/20", CustomParser = Target };
        var write = new Option<string?>("--write") { Description = "Writes the scenario with the staffing that was found.", HelpName = "FILE" };
        var verb = new Command("simulate", Teaching) { file, replications, seed, json, csv, html, compare, staffFor, write };
        verb.Validators.Add(result =>
        {
            var staffs = result.GetResult(staffFor) is not null;
            if (staffs && result.GetResult(compare) is not null) result.AddError("--staff-for and --compare do not go together: --write the staffing, then --compare it.");
            if (!staffs && result.GetResult(write) is not null) result.AddError("--write is for the staffing that --staff-for finds.");
        });
        // On another thread, so that Ctrl-C is heard from the beginning.
        verb.SetAction((parsed, cancel) => Task.Run(
            () => new SimulateRun(
                new SimulateSettings(
                    parsed.GetValue(file)!, parsed.GetValue(replications), parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(csv),
                    parsed.GetValue(html), parsed.GetValue(compare), parsed.GetValue(staffFor), parsed.GetValue(write)),
                Console.Out, Console.Error, Console.IsErrorRedirected, TimeProvider.System, cancel).Run(),
            CancellationToken.None));
        return verb;
    }

    private static StaffingTarget? Target(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var parts = text.Split('/');
        if (parts.Length <= 2 && Number(parts[0]) is > 0 and < 100 and var percent && (parts.Length == 1 || Number(parts[1]) is >= 0 and <= 1e7))
            return new StaffingTarget(percent / 100, parts.Length == 1 ? null : Number(parts[1]));
        result.AddError($"'{text}' is not a target: write --staff-for 80/20 for 80 % within 20 seconds. The percentage is above 0 and below 100.");
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
#endif
