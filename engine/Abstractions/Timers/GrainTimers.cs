using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime
{
    /// <summary>How a grain timer ticks.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
            : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none before a change.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Ticks do not wait for running calls.</summary>
        public bool Interleave { get; init; }

        /// <summary>Ticks count as use for idle collection.</summary>
        public bool KeepAlive { get; init; }
    }

    /// <summary>A timer of one activation; disposing it ends it.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Sets new times, from now on, or from the end of the tick when called inside it.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }
}

namespace Orleans.Timers
{
    /// <summary>Makes grain timers for services that are not grains.</summary>
    public interface ITimerRegistry
    {
        Runtime.IGrainTimer RegisterGrainTimer<TState>(
            Runtime.IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, Runtime.GrainTimerCreationOptions options);
    }
}
