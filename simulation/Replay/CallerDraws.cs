namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// What the file does not show of a caller: the patience of one who was served, and the service of one who hung up. Both come from
/// the whole month, whichever days are replayed.
/// </summary>
internal sealed class CallerDraws
{
    private readonly ulong _seed;
    private readonly Dictionary<string, TimeSpan[]> _servicesByType;
    private readonly TimeSpan[] _services;

    /// <param name="counted">The counted calls of the month.</param>
    /// <param name="seed">The same seed makes the same draws.</param>
    public CallerDraws(IReadOnlyCollection<CallRecord> counted, ulong seed)
    {
        _seed = seed;
        Patience = new KaplanMeier(
            from call in counted
            where call.QueueTime > TimeSpan.Zero
            select new Observation(call.QueueTime.TotalSeconds, call.Outcome == RecordedOutcome.HungUp));
        var served = counted.Where(call => call.Outcome == RecordedOutcome.Served).ToList();
        _services = [.. served.Select(CountingRules.Service)];
        _servicesByType = served.GroupBy(call => call.Type)
            .ToDictionary(type => type.Key, type => type.Select(CountingRules.Service).ToArray());
    }

    /// <summary>Of queue times above zero: hanging up is the event, and being served censors it.</summary>
    public KaplanMeier Patience { get; }

    /// <summary>Recorded for who hung up; for who was served, drawn from those who are more patient than they had to be.</summary>
    public TimeSpan? PatienceOf(CallRecord call)
    {
        if (call.Outcome == RecordedOutcome.HungUp) return call.QueueTime;
        var seconds = Patience.DrawConditional(call.QueueTime.TotalSeconds, Uniform(call, DrawPurpose.Patience));
        return seconds is { } known ? TimeSpan.FromSeconds(known) : null;
    }

    /// <summary>
    /// Recorded for who was served; for who hung up, and may be served in the replay, one of the recorded services of that type at
    /// random, or of all types where nobody of that type was served.
    /// </summary>
    public TimeSpan ServiceOf(CallRecord call)
    {
        if (call.Outcome == RecordedOutcome.Served) return CountingRules.Service(call);
        var services = _servicesByType.GetValueOrDefault(call.Type, _services);
        if (services.Length == 0) return CountingRules.Service(call); // a month without any service: nobody will serve it either
        return services[(int)(Uniform(call, DrawPurpose.Service) * services.Length)];
    }

    private double Uniform(CallRecord call, DrawPurpose purpose) => SeededDraw.Uniform(_seed, call.Line, purpose);
}
