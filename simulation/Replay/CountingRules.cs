namespace RoutingGrid.Simulation.Replay;

/// <summary>Which lines are calls of the replay, and what they are worth.</summary>
internal static class CountingRules
{
    /// <summary>The bank gave its priority customers 1.5 minutes of waiting time at the outset.</summary>
    public static readonly TimeSpan PriorityCredit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan ShortestService = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A line counts when it was served, or hung up after a wait in the queue. Who hung up in the voice response unit never asked
    /// for an agent, and phantoms are no calls.
    /// </summary>
    public static bool Counts(CallRecord call) => call.Outcome switch
    {
        RecordedOutcome.Served => true,
        RecordedOutcome.HungUp => call.QueueTime > TimeSpan.Zero,
        _ => false,
    };

    /// <summary>
    /// When the caller asks for an agent: the exit from the voice response unit, also for those who did not queue. The queue's
    /// own start differs from it in one line of the month only, by five seconds.
    /// </summary>
    public static DateTimeOffset Arrival(CallRecord call) => call.VruExit;

    /// <summary>The head start in the order of service.</summary>
    public static TimeSpan Credit(CallRecord call) => call.Priority == 2 ? PriorityCredit : TimeSpan.Zero;

    /// <summary>The recorded service of a call that was served; zero counts as one second.</summary>
    public static TimeSpan Service(CallRecord call) => call.ServiceTime > ShortestService ? call.ServiceTime : ShortestService;

    /// <summary>
    /// When a named agent was seen to serve; null when the file does not show it (no name, or no times). Whoever hung up was not
    /// served, whatever the other columns say.
    /// </summary>
    public static Interval? SeenService(CallRecord call)
    {
        if (call is not { Outcome: RecordedOutcome.Served, Server: not null, Service: { } service }) return null;
        return service.Length >= ShortestService ? service : service with { End = service.Start + ShortestService };
    }
}
