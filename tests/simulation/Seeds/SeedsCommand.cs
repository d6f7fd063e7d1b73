using System.CommandLine;
using System.CommandLine.Parsing;
using RoutingGrid.Simulation.Tests.Faults;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>Runs seeds from the command line.</summary>
internal static class SeedsCommand
{
    private const int BadUsage = 2;

    private const string Teaching = """
        Runs whole contact centers at random, over the real grains and the real journal, in virtual time: customers write, agents work,
        a supervisor interferes, and meanwhile things go wrong. Then the faults stop, what is left is worked off, and everything that was
        written is held against what was promised. A seed decides all of it, whatever else runs beside it.

        A seed that fails is told with the one command that repeats it. The exit code is 0 if none fails, 1 if one does, 2 for bad usage.

        Examples:
          --seeds 5000
          --seeds 1000 --from 5001 --store sqlite --faults kill,crash
          --seeds 500 --upkeep all
          --seed 42 --store sqlite
        """;

    public static async Task<int> Run(string[] args)
    {
        var seeds = new Option<int?>("--seeds") { Description = "Run so many seeds.", HelpName = "N" };
        var from = new Option<ulong>("--from") { Description = "The first of them.", HelpName = "SEED", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "Run one seed, and tell everything that happens in it.", HelpName = "SEED" };
        var store = new Option<Store[]>("--store") { Description = "Where the journal is: memory, sqlite or both.", HelpName = "STORE", CustomParser = StoresOf, DefaultValueFactory = _ => [Store.Memory, Store.Sqlite] };
        var faults = new Option<FaultKinds>("--faults")
        {
            Description = "What may go wrong: none, all, or some of kill, split, storage, observers, messages, crash with commas between. Each seed draws from these.",
            HelpName = "KINDS", CustomParser = KindsOf<FaultKinds>, DefaultValueFactory = _ => FaultKinds.All,
        };
        var upkeep = new Option<Upkeep>("--upkeep")
        {
            Description = "What is done to the records meanwhile: none, all, erase or archive (where the store has one).", HelpName = "KINDS", CustomParser = KindsOf<Upkeep>, DefaultValueFactory = _ => Upkeep.None,
        };
        var failures = new Option<int>("--failures") { Description = "Stop after so many failed seeds.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var root = new RootCommand(Teaching) { seeds, from, seed, store, faults, upkeep, failures };
        root.Validators.Add(result =>
        {
            if ((result.GetResult(seeds) is null) == (result.GetResult(seed) is null)) result.AddError("Say --seeds N for many or --seed SEED for one.");
            if (result.GetResult(seeds) is { Errors: var errors } && !errors.Any() && result.GetValue(seeds) < 1) result.AddError("--seeds must be 1 or more.");
        });
        // On another thread: Ctrl-C is heard of only once this has returned.
        root.SetAction((parsed, cancel) => Task.Run(() => parsed.GetValue(seed) is { } one
            ? Tell(one, parsed.GetValue(store)!, parsed.GetValue(faults), parsed.GetValue(upkeep))
            : Many(parsed.GetValue(from), parsed.GetValue(seeds)!.Value, parsed.GetValue(store)!, parsed.GetValue(faults), parsed.GetValue(upkeep), parsed.GetValue(failures), cancel), CancellationToken.None));
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
        return parsed.Errors.Count > 0 ? BadUsage : code;
    }

    private static int Tell(ulong seed, Store[] stores, FaultKinds faults, Upkeep upkeep)
    {
        var code = 0;
        foreach (var store in stores)
        {
            var outcome = SeedOutcome.Of(new SeedSpec(seed, store, faults, upkeep), Console.Out);
            Console.Out.WriteLine(outcome.Report is null ? $"{outcome.Spec} keeps every promise." : $"\n{outcome.Report}");
            if (outcome.Report is not null) code = 1;
        }
        return code;
    }

    private static int Many(ulong from, int count, Store[] stores, FaultKinds faults, Upkeep upkeep, int mostFailures, CancellationToken cancel)
    {
        var specs = Enumerable.Range(0, count).SelectMany(number => stores.Select(store => new SeedSpec(from + (ulong)number, store, faults, upkeep)));
        return new SeedRunner(specs, count * stores.Length, mostFailures, Console.Out, Console.Error).Run(cancel);
    }

    private static Store[] StoresOf(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "memory": return [Store.Memory];
            case "sqlite": return [Store.Sqlite];
            case "both": return [Store.Memory, Store.Sqlite];
        }
        result.AddError($"--store: '{result.Tokens[0].Value}' is not memory, sqlite or both.");
        return [];
    }

    private static T KindsOf<T>(ArgumentResult result) where T : struct, Enum
    {
        var (text, known) = (result.Tokens[0].Value, Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray());
        foreach (var word in text.Split(','))
            if (!known.Contains(word.ToLowerInvariant())) result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{word}' is none of {string.Join(", ", known)}.");
        return Enum.TryParse<T>(text, ignoreCase: true, out var kinds) ? kinds : default;
    }
}
