using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RoutingGrid.Bench.Engine;

/// <summary>What calls and activations cost on the engine that this build uses.</summary>
public static class EngineBench
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured.", DefaultValueFactory = _ => 3 };
        var activations = new Option<int>("--activations") { Description = "How many grains to activate.", DefaultValueFactory = _ => 200_000 };
        var command = new Command("engine", "Calls per second, memory per activation and allocations per call of the grain engine.") { seconds, activations };
        command.SetAction((parsed, _) => Run(parsed.GetValue(seconds), parsed.GetValue(activations)));
        return command;
    }

    private static async Task<int> Run(double seconds, int activations)
    {
        await using EngineHost host = await EngineHost.Start();
        (double activationsPerSec, double bytesPerActivation) = await Activations.Measure(host.Grains, activations);
        Progress("activations/s", activationsPerSec);
        Progress("bytes per activation", bytesPerActivation);
        double callsPerSec1 = await Calls.FromOutside(host.Grains, 1, seconds);
        Progress("calls/s at 1", callsPerSec1);
        double callsPerSec64 = await Calls.FromOutside(host.Grains, 64, seconds);
        Progress("calls/s at 64", callsPerSec64);
        double grainToGrain = await Calls.BetweenGrains(host.Grains, 64, seconds);
        Progress("grain to grain/s at 64", grainToGrain);
        double oneWay = await Calls.OneWay(host.Grains, seconds);
        Progress("one-way messages/s", oneWay);
        double allocated = await Calls.AllocatedBytes(host.Grains);
        Progress("bytes allocated per call", allocated);
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            engine = EngineHost.Name,
            callsPerSec64 = Math.Round(callsPerSec64),
            callsPerSec1 = Math.Round(callsPerSec1),
            grainToGrainPerSec64 = Math.Round(grainToGrain),
            oneWayPerSec = Math.Round(oneWay),
            bytesPerActivation = Math.Round(bytesPerActivation),
            activationsPerSec = Math.Round(activationsPerSec),
            allocatedBytesPerCall = Math.Round(allocated, 1),
        }));
        return 0;
    }

    private static void Progress(string what, double value) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{EngineHost.Name}: {what}: {value:N0}"));
}
