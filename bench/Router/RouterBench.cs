using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace RoutingGrid.Bench.Router;

/// <summary><c>router</c>: decisions per second of the matcher alone, with all agents busy and a backlog of cases.</summary>
/// <remarks>A decision is an arrived case or a freed agent, handled with the proposal it makes and that proposal's answer.</remarks>
public static class RouterBench
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "How many agents", DefaultValueFactory = _ => 10_000 };
        var waiting = new Option<int>("--waiting") { Description = "How many cases wait", DefaultValueFactory = _ => 1_000 };
        var groups = new Option<int>("--groups")
        {
            Description = "How many different sets of requirements they have",
            DefaultValueFactory = _ => 200,
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long to measure, after two seconds of warming up",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command("router", "Decisions per second of the matcher") { agents, waiting, groups, seconds };
        command.SetAction(parsed => Run(
            Math.Max(1, parsed.GetValue(agents)), Math.Max(0, parsed.GetValue(waiting)), Math.Max(1, parsed.GetValue(groups)),
            parsed.GetValue(seconds)));
        return command;
    }

    private static int Run(int agents, int waiting, int groups, double seconds)
    {
        Console.Error.WriteLine($"{agents} agents, {waiting} waiting cases, {groups} groups");
        var load = new RouterLoad(new Center(agents, groups, seed: 1), waiting, seed: 2);
        Console.Error.WriteLine("warming up");
        load.RunFor(TimeSpan.FromSeconds(2));
        Console.Error.WriteLine($"measuring for {seconds} s");
        var (start, allocated, cpu) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        load.RunFor(TimeSpan.FromSeconds(seconds));
        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["agents"] = agents,
            ["waiting"] = waiting,
            ["groups"] = groups,
            ["decisionsPerSec"] = Math.Round(load.Decisions / took.TotalSeconds),
            ["p50Us"] = Math.Round(load.Latencies.Microseconds(0.50), 2),
            ["p99Us"] = Math.Round(load.Latencies.Microseconds(0.99), 2),
            ["bytesPerWaitingCase"] = Math.Round(load.BytesPerWaitingCase),
            ["proposalsPerSec"] = Math.Round(load.Proposals / took.TotalSeconds),
            ["cpuUsPerDecision"] = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / load.Decisions, 2),
            ["allocatedBytesPerDecision"] = Math.Round((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)load.Decisions),
        }));
        return 0;
    }
}
