using RoutingGrid.Grains;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Simulation.Replay;

/// <summary>Plays a plan through the real grains under the virtual clock.</summary>
public static class ReplayRunner
{
    /// <summary>Plays the whole plan and answers how it went. <paramref name="inspect"/> gets the journal, for checks, and
    /// <paramref name="outcome"/> what became of every call.</summary>
    /// <param name="progress">The virtual time, now and then.</param>
    /// <param name="wallClock">To measure how long it took.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReplayResult Play(
        ReplayPlan plan, int badLines, TimeProvider wallClock, IProgress<DateTimeOffset>? progress = null, Action<IJournal>? inspect = null,
        Action<IReadOnlyList<ReplayedCall>>? outcome = null, CancellationToken cancel = default)
    {
        var began = wallClock.GetTimestamp();
        var start = plan.Start - TimeSpan.FromMinutes(1);
        // Nothing is lost in this world, so what repairs losses may be rare.
        using var world = SimulatedWorld.Start(plan.Seed, start, "bank", new GrainOptions
        {
            ConfigurationMaxAge = TimeSpan.MaxValue,
            RouterRepair = TimeSpan.FromHours(1),
            ClockReading = TimeSpan.FromHours(1),
            ClockReminders = false,
        }, delayedMessagesPercent: 0);
        world.Run(() => Play(world, plan, progress, cancel));
        var virtualSeconds = (world.Now - start).TotalSeconds;
        var replayed = Outcome(world, plan);
        string hash = "";
        world.Run(async () => hash = await JournalHash.Of(world.Journal));
        inspect?.Invoke(world.Journal);
        outcome?.Invoke(replayed);
        return new ReplayResult
        {
            Plan = plan,
            Replayed = CenterStatistics.Of(plan, replayed),
            VirtualSeconds = virtualSeconds,
            WallSeconds = wallClock.GetElapsedTime(began).TotalSeconds,
            BadLines = badLines,
            JournalHash = hash,
        };
    }

    private static async Task Play(SimulatedWorld world, ReplayPlan plan, IProgress<DateTimeOffset>? progress, CancellationToken cancel)
    {
        await world.Configure(ReplayCenter.Configuration(plan));
        var calls = plan.Calls.ToDictionary(call => call.Id);
        var work = plan.Agents.Select(agent => new ReplayAgent(world, agent, plan.WrapUp, calls).Work()).ToList();
        var reported = world.Now;
        foreach (var call in plan.Calls)
        {
            cancel.ThrowIfCancellationRequested();
            await world.Pass(call.Arrival - world.Now);
            work.Add(Call(world, plan, call));
            if (progress is null || world.Now - reported < TimeSpan.FromHours(6)) continue;
            progress.Report(reported = world.Now);
            work.RemoveAll(task => task.IsCompletedSuccessfully);
        }
        await Task.WhenAll(work);
    }

    /// <summary>A caller: calls, and hangs up when nobody has answered in time.</summary>
    private static async Task Call(SimulatedWorld world, ReplayPlan plan, PlannedCall call)
    {
        var received = await world.Customer(ReplayCenter.Channel, call.Id).Receive(ReplayCenter.Message(call));
        if (received.Refusal is { } refusal) throw new InvalidOperationException($"{call.Id} was refused: {refusal}.");
        await world.Pass(plan.HangsUpAt(call) - world.Now);
        // Refused where an agent has the call, or had it.
        await world.Case(received.CaseId).Close(null, CloseKind.Abandoned, null, null, CommandContext.System);
    }

    /// <summary>What became of every call, by what the journal says.</summary>
    private static List<ReplayedCall> Outcome(SimulatedWorld world, ReplayPlan plan)
    {
        var calls = plan.Calls.ToDictionary(call => $"{ReplayCenter.Channel}:{call.Id}");
        var open = new Dictionary<string, PlannedCall>(calls.Count);
        var ended = new Dictionary<PlannedCall, ReplayedCall>(calls.Count);
        world.Run(async () =>
        {
            await foreach (var recorded in world.Journal.ReadAll())
            {
                if (recorded.Event is CaseOpened opened) open[recorded.Stream.Id] = calls[opened.CustomerId];
                else if (recorded.Event is CaseAssigned assigned) End(recorded, assigned.AgentId);
                else if (recorded.Event is CaseClosed { Kind: CloseKind.Abandoned }) End(recorded, null);
            }
        });
        return [.. plan.Calls.Select(call => ended[call])];

        void End(RecordedEvent recorded, string? servedBy)
        {
            var call = open[recorded.Stream.Id];
            ended.TryAdd(call, new ReplayedCall(call, recorded.Event.At - call.Arrival, servedBy));
        }
    }
}
