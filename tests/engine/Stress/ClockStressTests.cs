using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Timers and reminders that start, change and end at random while time runs and their grains come and go.</summary>
public sealed class ClockStressTests : StressTest
{
    private const int Grains = 50;

    [Fact]
    public async Task No_tick_comes_too_late_or_beside_a_call()
    {
        int steps = Load.Of(10_000);
        var time = new ManualTime();
        (TestEngine engine, Ledger ledger) = await Start(options =>
        {
            options.Time = time;
#if !ORLEANS
            // Hours pass while calls wait and grains start and end: here all timeouts go by the same clock.
            options.ResponseTimeout = TimeSpan.FromDays(40);
            options.ActivationTimeout = TimeSpan.FromDays(40);
            options.DeactivationTimeout = TimeSpan.FromDays(40);
#endif
        });
        await using TestEngine running = engine;
        await Callers(4, caller => Restlessly(engine, new Random(caller), steps, caller == 0 ? time : null));
        for (int i = 0; i < Grains; i++)
        {
            await engine.Grains.GetGrain<IRestlessGrain>($"{i}").EndAll();
        }

        Assert.True(ledger.Ticks("timer") > 0);
        await AssertSilence(engine, ledger, time);
        await engine.Stop();
        Assert.Empty(ledger.Broken);
        Assert.Equal(ledger.Begun, ledger.Ended);
        AssertAtRest(engine);
    }

    /// <param name="time">Moved on at every step, beside whatever the others do. Null: by somebody else.</param>
    private static async Task Restlessly(TestEngine engine, Random random, int steps, ManualTime? time)
    {
        for (int i = 0; i < steps; i++)
        {
            time?.Advance(TimeSpan.FromSeconds(1));
            var grain = engine.Grains.GetGrain<IRestlessGrain>($"{random.Next(Grains)}");
            try
            {
                await (random.Next(20) switch
                {
                    < 5 => grain.StartTimer(random.Next(5), 1 + random.Next(5), random.Next(2) == 0),
                    < 8 => grain.ChangeTimer(random.Next(100), random.Next(5), 1 + random.Next(5)),
                    < 13 => grain.EndTimer(random.Next(100)),
                    < 15 => grain.Remind($"{random.Next(3)}", random.Next(90)),
                    < 17 => grain.Forget($"{random.Next(3)}"),
                    < 18 => grain.Leave(),
                    _ => grain.Work(),
                });
            }
            catch (OrleansMessageRejectionException)
            {
                // Orleans passes a call on twice and then gives up.
            }
            catch (ReminderException)
            {
                // Two calls of one grain do not interleave, but Orleans may be reading its table anew.
            }
        }
    }

    /// <summary>With every timer and reminder ended, time passes in silence.</summary>
    private static async Task AssertSilence(TestEngine engine, Ledger ledger, ManualTime time)
    {
        for (int i = 0; i < Grains; i++)
        {
            // What was on its way has arrived now.
            await engine.Grains.GetGrain<IRestlessGrain>($"{i}").EndAll();
        }

        int timers = ledger.Ticks("timer");
        for (int i = 0; i < 600; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        for (int i = 0; i < Grains; i++)
        {
            await engine.Grains.GetGrain<IRestlessGrain>($"{i}").Work();
        }

        Assert.Equal(timers, ledger.Ticks("timer"));
    }
}
