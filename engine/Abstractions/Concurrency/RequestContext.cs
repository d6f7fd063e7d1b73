namespace Orleans.Runtime;

/// <summary>Values that travel with calls: what is set before a call is seen by the callee and by whom it calls; nothing travels back.</summary>
public static class RequestContext
{
    internal const string ReentrancyKey = "#CCR";

    // Dictionaries in here are never changed, only replaced: other flows of the same caller share them.
    private static readonly AsyncLocal<Dictionary<string, object>?> s_values = new();
    private static long s_lastReentrancyId;

    /// <summary>The id of the open call chain, or <see cref="Guid.Empty"/>.</summary>
    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
            {
                Remove(ReentrancyKey);
            }
            else
            {
                Set(ReentrancyKey, value);
            }
        }
    }

    public static IEnumerable<string> Keys => s_values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => s_values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>Until disposed, calls made from here may call back into this activation while the current call waits for them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        Guid original = ReentrancyId;
        return new(original, original == Guid.Empty ? NextReentrancyId() : original);
    }

    /// <summary>Until disposed, calls made from here may not call back, also inside <see cref="AllowCallChainReentrancy"/>.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    public static object? Get(string key) => s_values.Value is { } values && values.TryGetValue(key, out object? value) ? value : null;

    public static void Set(string key, object value)
    {
        Dictionary<string, object> copy = s_values.Value is { } values ? new(values) : [];
        copy[key] = value;
        s_values.Value = copy;
    }

    public static bool Remove(string key)
    {
        if (s_values.Value is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        Dictionary<string, object> copy = new(values);
        copy.Remove(key);
        s_values.Value = copy.Count == 0 ? null : copy;
        return true;
    }

    public static void Clear()
    {
        if (s_values.Value is not null)
        {
            s_values.Value = null;
        }
    }

    internal static Dictionary<string, object>? Export() => s_values.Value;

    internal static void Import(Dictionary<string, object>? values) => s_values.Value = values;

    // Only ever compared, so a counter serves and keeps simulated runs free of randomness.
    private static Guid NextReentrancyId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref s_lastReentrancyId));
        return new(bytes);
    }

    /// <summary>An open or suppressed call chain; ends when disposed.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
            if (newReentrancyId != originalReentrancyId)
            {
                ReentrancyId = newReentrancyId;
            }

            if (newReentrancyId != Guid.Empty)
            {
                RuntimeContext.CurrentScheduler?.EnterReentrantSection(newReentrancyId);
            }
        }

        public void Dispose()
        {
            if (_current != Guid.Empty)
            {
                RuntimeContext.CurrentScheduler?.LeaveReentrantSection(_current);
            }

            if (_current != _original)
            {
                ReentrancyId = _original;
            }
        }
    }
}
