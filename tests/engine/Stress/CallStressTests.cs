using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Ten million calls: one turn at a time, and nobody's values are changed by another.</summary>
public sealed class CallStressTests : StressTest
{
    private const int Grains = 16;

    [Fact]
    public async Task Turns_never_overlap_and_messages_are_never_shared()
    {
        int calls = Load.Of(10_000_000);
        (TestEngine engine, Ledger ledger) = await Start();
        await using TestEngine running = engine;
        IStrictGrain[] grains = [.. Enumerable.Range(0, Grains).Select(i => engine.Grains.GetGrain<IStrictGrain>($"{i}"))];
        const int Workers = 4;
        await Callers(Workers, async worker =>
        {
            var random = new Random(worker);
            int share = calls / Workers;
            for (int number = 0; number < share; number++)
            {
                // Neighbours in time: workers meet at the same grain often.
                IStrictGrain grain = grains[(number / 8) % Grains];
                var slip = new Slip { Number = number, Copies = [number, number] };
                Task<Slip> call = grain.Take(slip, number, takeTime: random.Next(32) == 0);
                ledger.Check(slip.IsWhole(number), "the callee does not change what the caller holds");
                slip.Spoil();
                Slip answer = await call;
                ledger.Check(answer.IsWhole(number + 1), "an answer is the one to this call");
                answer.Spoil();
            }
        });
        int counted = 0;
        foreach (IStrictGrain grain in grains)
        {
            counted += await grain.Count();
        }

        Assert.Equal(calls / Workers * Workers, counted);
        Assert.Empty(ledger.Broken);
        AssertAtRest(engine);
    }
}
