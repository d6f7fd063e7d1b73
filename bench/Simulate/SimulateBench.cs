using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using RoutingGrid.Journal;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Bench.Simulate;

/// <summary>How fast a day passes through the real grains under the virtual clock.</summary>
public static class SimulateBench
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents at work all day.", DefaultValueFactory = _ => 1000 };
        var cases = new Option<int>("--cases") { Description = "Cases that arrive in the day, on average.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<ulong>("--seed") { Description = "Decides everything that is drawn.", DefaultValueFactory = _ => 1 };
        var command = new Command("simulate", "One day of a contact center in virtual time, with the full grains: how long it takes, and the hash of its journal.") { agents, cases, seed };
        command.SetAction((parsed, cancel) => Task.Run(() => Run(parsed.GetValue(agents), parsed.GetValue(cases), parsed.GetValue(seed), cancel), CancellationToken.None));
        return command;
    }

    private static int Run(int agents, int cases, ulong seed, CancellationToken cancel)
    {
        var scenario = Scenario.Parse(BigDay.Json(agents, cases), Environment.CurrentDirectory);
        var began = Stopwatch.GetTimestamp();
        var (seconds, hash) = (0.0, "");
        var options = new RunOptions
        {
            HashJournal = false,
            Inspect = journal =>
            {
                seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                hash = JournalHash.Of(journal).AsTask().GetAwaiter().GetResult();
            },
        };
        var day = ScenarioRunner.Run(scenario, 1, seed, options, new Progress(), cancel);
        var counts = day.Types.SelectMany(type => type.Periods).ToList();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            agents,
            cases = counts.Sum(period => period.Arrived),
            served = counts.Sum(period => period.Served),
            abandoned = counts.Sum(period => period.Abandoned),
            virtualSecondsPerSecond = Math.Round(day.VirtualSeconds / seconds),
            seconds = Math.Round(seconds, 2),
            journalHash = hash,
            hashSeconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds - seconds, 2),
        }));
        return 0;
    }

    private sealed class Progress : IProgress<RunProgress>
    {
        private DateTimeOffset _told;

        public void Report(RunProgress value)
        {
            if (value.VirtualTime - _told < TimeSpan.FromHours(1)) return;
            _told = value.VirtualTime;
            Console.Error.WriteLine($"{value.VirtualTime:HH:mm}  {value.Contacts:N0} contacts");
        }
    }
}
