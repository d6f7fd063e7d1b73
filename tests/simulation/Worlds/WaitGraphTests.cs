using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using RoutingGrid.GrainInterfaces.Live;
using RoutingGrid.Grains;
using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Who waits for whom, as seen in real runs: a circle would stand still until a timeout.</summary>
public sealed class WaitGraphTests
{
    /// <summary>Besides these, anybody may ask a workspace for its configuration, which waits for nobody.</summary>
    private static readonly string[] Documented = ["AgentGrain → CaseGrain", "CustomerGrain → CaseGrain", "WallboardGrain → RouterGrain"];

    [Fact]
    public void Waiting_goes_one_way_only_and_as_documented()
    {
        var waits = new SortedSet<string>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= 4; seed++) Watch(seed, waits);
        Assert.True(Circle(waits) is null, $"These wait for each other: {Circle(waits)}");
        Assert.Contains(waits, wait => wait.EndsWith("→ WorkspaceGrain", StringComparison.Ordinal));
        Assert.Equal(Documented, waits.Where(wait => !wait.EndsWith("→ WorkspaceGrain", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_circle_is_found() =>
        Assert.Equal("A → B → C → A", Circle(["A → B", "B → C", "C → A", "X → A"]));

    private static void Watch(ulong seed, SortedSet<string> waits)
    {
        // Configurations age at once, so that every grain is seen asking for one.
        using var center = new SeededCenter(new SeedSpec(seed), new GrainOptions { ConfigurationMaxAge = TimeSpan.FromSeconds(1), ClockReminders = false },
            services => services.AddSingleton<IOutgoingGrainCallFilter>(new Recorder(waits)));
        center.World.Engine.Post(async () =>
        {
            await center.World.Pass(TimeSpan.FromSeconds(90));
            await center.World.Grains.GetGrain<IWallboardGrain>(center.World.Workspace).Get();
        });
        center.Run();
    }

    private static string? Circle(IEnumerable<string> waits)
    {
        var next = waits.Select(wait => wait.Split(" → ")).ToLookup(wait => wait[0], wait => wait[1]);
        return next.Select(from => From([from.Key])).FirstOrDefault(circle => circle is not null);

        string? From(string[] path) => next[path[^1]].Select(to =>
            to == path[0] ? string.Join(" → ", [.. path, to]) : path.Contains(to) ? null : From([.. path, to])).FirstOrDefault(circle => circle is not null);
    }

    private sealed class Recorder(SortedSet<string> waits) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.SourceContext?.GrainInstance is { } from && !IsOneWay(context))
                waits.Add($"{from.GetType().Name} → {context.InterfaceMethod.DeclaringType!.Name[1..]}");
            return context.Invoke();
        }

        private static bool IsOneWay(IOutgoingGrainCallContext context) => context.InterfaceMethod.IsDefined(typeof(OneWayAttribute), inherit: true)
            || typeof(IGrainObserver).IsAssignableFrom(context.InterfaceMethod.DeclaringType);
    }
}
