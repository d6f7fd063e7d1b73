namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Ends a run in which grains call each other without end at one instant: the clock would never move on.</summary>
internal sealed class StormGuard(TimeProvider time) : IIncomingGrainCallFilter
{
    private const int TooMany = 50_000;

    private readonly Dictionary<string, int> _calls = [];
    private DateTimeOffset _instant;
    private int _count;

    /// <summary>What was called how often, where it did not end.</summary>
    public string? Storm { get; private set; }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var now = time.GetUtcNow();
        if (now != _instant)
        {
            (_instant, _count) = (now, 0);
            _calls.Clear();
        }
        if (++_count > TooMany / 2) Note($"{context.InterfaceMethod.DeclaringType?.Name}.{context.MethodName} {context.TargetId.Key}");
        if (_count <= TooMany) return context.Invoke();
        Storm ??= $"At {now:HH:mm:ss.fff} grains call each other without end: {string.Join(", ", _calls.OrderByDescending(call => call.Value).Take(12).Select(call => $"{call.Value} × {call.Key}"))}.";
        throw new InvalidOperationException(Storm);
    }

    private void Note(string call) => _calls[call] = _calls.GetValueOrDefault(call) + 1;
}
