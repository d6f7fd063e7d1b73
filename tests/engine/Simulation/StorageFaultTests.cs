#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Storage;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Stores that fail, take their time, or do not say what they did.</summary>
public sealed class StorageFaultTests : FaultTest
{
    private static readonly GrainId s_grain = GrainId.Create("ledger", "a");

    [Fact]
    public void A_failed_write_changes_nothing_and_can_be_repeated()
    {
        SimulatedEngine simulation = Start(faults: new() { StorageFailurePercent = 100 });
        IGrainStorage store = StoreOf(simulation);
        var state = new GrainState<string>("text");
        simulation.Run(async () =>
        {
            await Assert.ThrowsAsync<SimulatedStorageException>(() => store.WriteStateAsync("s", s_grain, state));
            await Assert.ThrowsAsync<SimulatedStorageException>(() => store.ReadStateAsync("s", s_grain, state));
            await Assert.ThrowsAsync<SimulatedStorageException>(() => store.ClearStateAsync("s", s_grain, state));
            Assert.Equal(("text", null, false), (state.State, state.ETag, state.RecordExists));
            simulation.StopFaults();
            await store.WriteStateAsync("s", s_grain, state);
        });
        Assert.True(state is { ETag: not null, RecordExists: true });
        Assert.Equal(
            ["write s of ledger/a", "read s of ledger/a", "clear s of ledger/a"],
            simulation.Faults.Select(fault => fault.Kind == FaultKind.StorageFailure ? fault.Target : ""));
    }

    [Fact]
    public void Of_writes_without_a_clear_answer_half_are_done_and_the_etag_stays_as_it_was()
    {
        SimulatedEngine simulation = Start(faults: new() { StorageUnknownPercent = 100 });
        IGrainStorage store = StoreOf(simulation);
        int done = 0;
        simulation.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                GrainId grain = GrainId.Create("ledger", $"{i}");
                var sent = new GrainState<string>("text");
                await Assert.ThrowsAsync<SimulatedStorageException>(() => store.WriteStateAsync("s", grain, sent));
                Assert.Null(sent.ETag);
                var found = new GrainState<string>();
                await store.ReadStateAsync("s", grain, found);
                Assert.Equal(simulation.Faults[^1].Kind == FaultKind.StorageDoneUnknown, found.RecordExists);
                done += found.RecordExists ? 1 : 0;
            }
        });
        Assert.InRange(done, 70, 130);
    }

    [Fact]
    public void Repeating_a_write_that_was_done_after_all_conflicts()
    {
        var outcomes = new HashSet<bool>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedEngine simulation = Start(seed, new() { StorageUnknownPercent = 100 });
            var state = new GrainState<string>("text");
            bool conflicts = simulation.Run(async () =>
            {
                await Assert.ThrowsAsync<SimulatedStorageException>(() => StoreOf(simulation).WriteStateAsync("s", s_grain, state));
                simulation.StopFaults();
                return await Record.ExceptionAsync(() => StoreOf(simulation).WriteStateAsync("s", s_grain, state)) is InconsistentStateException;
            });
            Assert.Equal(simulation.Faults[0].Kind == FaultKind.StorageDoneUnknown, conflicts);
            outcomes.Add(conflicts);
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public void A_delayed_write_comes_through_within_the_delay_as_it_was_sent()
    {
        SimulatedEngine simulation = Start(faults: new() { StorageDelayPercent = 100, StorageDelay = TimeSpan.FromSeconds(2) });
        IGrainStorage store = StoreOf(simulation);
        var longest = TimeSpan.Zero;
        for (int i = 0; i < 50; i++)
        {
            GrainId grain = GrainId.Create("ledger", $"{i}");
            DateTimeOffset began = simulation.Time.GetUtcNow();
            var state = new GrainState<LedgerState>(new() { Names = ["sent"] });
            string[] stored = simulation.Run(async () =>
            {
                Task write = store.WriteStateAsync("s", grain, state);
                state.State!.Names.Add("later");
                await write;
                var found = new GrainState<LedgerState>();
                await store.ReadStateAsync("s", grain, found);
                return found.State!.Names.ToArray();
            });
            Assert.Equal(["sent"], stored);
            TimeSpan took = simulation.Time.GetUtcNow() - began;
            longest = took > longest ? took : longest;
        }

        // A write and a read each.
        Assert.InRange(longest, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.Equal(100, simulation.Faults.Count(fault => fault.Kind == FaultKind.StorageDelay));
    }

    [Fact]
    public void A_write_on_its_way_arrives_though_its_grain_was_killed()
    {
        SimulatedEngine simulation = Start(faults: new() { StorageDelayPercent = 100, StorageDelay = TimeSpan.FromSeconds(10) });
        var ledger = simulation.Grains.GetGrain<ILedgerGrain>("a");
        simulation.Run(ledger.Names);
        Task call = simulation.Post(() => ledger.Add("x"));
        simulation.RunFor(TimeSpan.FromMilliseconds(1));
        simulation.Kill(s_grain);
        simulation.RunFor(TimeSpan.FromSeconds(10));
        Assert.IsType<SiloUnavailableException>(call.Exception!.InnerException);
        simulation.StopFaults();
        Assert.Equal(["x"], simulation.Run(ledger.Names));
    }

    [Fact]
    public void Every_store_goes_through_it_however_it_is_registered()
    {
        var instance = new MemoryGrainStorage();
        SimulatedEngine simulation = Start(faults: new() { StorageFailurePercent = 100 }, services: services =>
        {
            services.AddKeyedSingleton<IGrainStorage>("instance", instance);
            services.AddKeyedSingleton<IGrainStorage, MemoryGrainStorage>("type");
            services.AddSingleton<IGrainStorage, MemoryGrainStorage>();
        });
        IGrainStorage[] stores =
        [
            StoreOf(simulation), StoreOf(simulation, "instance"), StoreOf(simulation, "type"), simulation.Services.GetRequiredService<IGrainStorage>(),
        ];
        Assert.All(stores, store => Assert.Throws<SimulatedStorageException>(() =>
            simulation.Run(() => store.WriteStateAsync("s", s_grain, new GrainState<string>("text")))));
        Assert.IsType<MemoryGrainStorage>(StoreOf(Start(faults: new() { KillsPerMinute = 1 })));
    }

    [Fact]
    public void Other_stores_can_go_through_it_too()
    {
        SimulatedEngine simulation = Start(faults: new() { StorageFailurePercent = 50 });
        StorageFaults faults = simulation.Services.GetRequiredService<StorageFaults>();
        int done = 0;
        simulation.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await Record.ExceptionAsync(() => faults.Write("append", () => Task.FromResult(++done)));
            }
        });
        Assert.Equal(100 - simulation.Faults.Count, done);
        Assert.InRange(done, 30, 70);
    }

    private static IGrainStorage StoreOf(SimulatedEngine simulation, string name = "store") =>
        simulation.Services.GetRequiredKeyedService<IGrainStorage>(name);
}
#endif
