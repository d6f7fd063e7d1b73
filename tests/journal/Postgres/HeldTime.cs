namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class HeldTime : TimeProvider
{
    private long _passed;

    internal TimeSpan Passed { set => Interlocked.Exchange(ref _passed, value.Ticks); }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _passed);
}
