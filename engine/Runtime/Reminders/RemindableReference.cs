using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Reminders;

/// <summary>The proxy of <see cref="IRemindable"/>: written by hand, since no project that uses the generator declares it.</summary>
internal sealed class RemindableReference(GrainReferenceShared shared, IdSpan key) : GrainReference(shared, key), IRemindable
{
    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        InvokeTask(new ReceiveReminderRequest { Name = reminderName, Status = status });

    private sealed class ReceiveReminderRequest : GrainVoidRequest
    {
        private static readonly MethodDescriptor s_method = new(
            typeof(IRemindable), "Orleans.IRemindable", nameof(IRemindable.ReceiveReminder), [typeof(string), typeof(TickStatus)], CallOptions.None, null);

        public string? Name;
        public TickStatus Status;

        public override MethodDescriptor Method => s_method;

        public override int GetArgumentCount() => 2;

        public override object? GetArgument(int index) => index == 0 ? Name : Status;

        public override void SetArgument(int index, object? value)
        {
            if (index == 0)
            {
                Name = (string?)value;
            }
            else
            {
                Status = (TickStatus)value!;
            }
        }

        public override void Invoke(object target) => Await(((IRemindable)target).ReceiveReminder(Name!, Status));

        protected override void Recycle()
        {
        }
    }
}
