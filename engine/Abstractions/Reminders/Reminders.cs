namespace Orleans
{
    /// <summary>A grain that can be woken by durable reminders.</summary>
    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, Runtime.TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A registered reminder.</summary>
    public interface IGrainReminder
    {
        string ReminderName { get; }
    }

    /// <summary>Which tick of a reminder this is.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus
    {
        public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
        {
            FirstTickTime = firstTickTime;
            Period = period;
            CurrentTickTime = timeStamp;
        }

        /// <summary>UTC.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; }

        [Id(1)]
        public TimeSpan Period { get; }

        /// <summary>UTC.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; }

        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }

    /// <summary>A reminder could not be registered or removed.</summary>
    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Timers
{
    /// <summary>Reminders, for services that are not grains.</summary>
    public interface IReminderRegistry
    {
        Task<Runtime.IGrainReminder> RegisterOrUpdateReminder(Runtime.GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        Task UnregisterReminder(Runtime.GrainId callingGrainId, Runtime.IGrainReminder reminder);

        Task<Runtime.IGrainReminder?> GetReminder(Runtime.GrainId callingGrainId, string reminderName);

        Task<List<Runtime.IGrainReminder>> GetReminders(Runtime.GrainId callingGrainId);
    }
}
