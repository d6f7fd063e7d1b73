using System.Globalization;
using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Silo.Erlang;

/// <summary>What is wrong with options that are right one by one.</summary>
internal static class ErlangChecks
{
    private const double MostLoad = 100_000;

    /// <summary>One sentence or two for the person who typed them; null: nothing is wrong.</summary>
    public static string? Wrong(ErlangSettings settings) => Question(settings) ?? Load(settings) ?? Patience(settings);

    private static string? Question(ErlangSettings settings) => (settings.Agents, settings.Target, settings.WithinGiven) switch
    {
        (null, null, _) => "Give --agents N for what they come to, or --target 80/20 for how many it takes.",
        ({ } agents, { }, _) => $"--agents {agents} and --target ask two questions; give one of them.",
        (_, { } target, { } within) => Text($"--target says {target.WithinSeconds} seconds already; leave out --within {within}."),
        _ => null,
    };

    private static string? Load(ErlangSettings settings)
    {
        var load = settings.Traffic.OfferedLoad;
        if (settings.Agents is not { } agents)
            return load <= MostLoad ? null : Text(
                $"--calls {settings.Calls} of --aht {settings.Aht} in --interval {settings.Interval} are {load:#,0.##} Erlang; with --target it can be {MostLoad:N0}.");
        if (settings.EverybodyStays && load >= agents)
            return TooFew(agents, load);
        return load <= ErlangA.MostOverload * agents ? null : Text(
            $"--agents {agents} against {load:#,0.##} Erlang: hardly anybody would be served. Give at least --agents {Math.Ceiling(load / ErlangA.MostOverload)}.");
    }

    /// <summary>With a target the search looks at no more than twice the load and some.</summary>
    private static string? Patience(ErlangSettings settings)
    {
        var agents = settings.Agents ?? (2 * settings.Traffic.OfferedLoad + 100);
        var most = Math.Floor(ErlangA.MostPatience * settings.Aht / agents);
        return !(settings.Patience > most) ? null : Text(
            $"--patience is {settings.Patience}; for this load it can be {most} seconds. Callers who wait that long never hang up: leave it out.");
    }

    private static string TooFew(int agents, double load) => string.Create(
        CultureInfo.InvariantCulture,
        $"--agents {agents} cannot carry {load:#,0.##########} Erlang: where nobody gives up, the queue grows without end. Give at least "
        + $"--agents {Math.Floor(load) + 1}, or say when callers hang up (--patience) or how many can wait (--queue-limit).");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
