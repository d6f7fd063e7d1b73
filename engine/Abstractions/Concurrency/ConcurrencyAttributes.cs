namespace Orleans.Concurrency;

/// <summary>Calls of this class may interleave with each other at every await.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>Calls of this method are admitted whatever else runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>Calls of this method may run together with other read-only calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>Nobody waits for calls of this method: the caller's task is complete when the message is sent, and errors are only logged.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>A grain without identity of its own: calls go to any of several activations, at most <see cref="MaxLocal"/> (default: one per processor).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    public StatelessWorkerAttribute()
        : this(0)
    {
    }

    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocal = maxLocalWorkers;

    /// <summary>Zero or less for the default.</summary>
    internal int MaxLocal { get; }
}
