namespace RoutingGrid.Engine.Tests;

public sealed class ManualTimeTests
{
    /// <summary>As Orleans waits for a time: Task.Delay does not know less than a millisecond.</summary>
    [Fact]
    public async Task Who_waits_for_a_part_of_a_millisecond_does_not_stop_the_clock()
    {
        var time = new ManualTime();
        DateTimeOffset until = time.GetUtcNow() + TimeSpan.FromMicroseconds(1_700);
        Task waiting = WaitUntil(time, until);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
        Assert.InRange(time.GetUtcNow(), until, until + TimeSpan.FromMicroseconds(1));
    }

    private static async Task WaitUntil(ManualTime time, DateTimeOffset until)
    {
        while (until - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time).ConfigureAwait(false);
        }
    }
}
