using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Timers;

/// <summary>One tick, as a request of the activation to itself.</summary>
internal sealed class TimerTick(GrainTimer timer, GrainTimerCreationOptions options) : GrainVoidRequest
{
    private static readonly MethodDescriptor s_plain = Describe(CallOptions.None);
    private static readonly MethodDescriptor s_interleaving = Describe(CallOptions.AlwaysInterleave);

    /// <summary>The tick counts as use of the activation.</summary>
    public bool KeepsAlive { get; } = options.KeepAlive;

    public override MethodDescriptor Method { get; } = options.Interleave ? s_interleaving : s_plain;

    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override string ToString() => $"timer of {(Host as Activation)?.GrainId}";

    public override void Invoke(object target) => Await(timer.Run());

    protected override void Recycle()
    {
    }

    internal override bool Answer()
    {
        timer.OnTicked();
        return false;
    }

    /// <summary>The activation is ending; there is no next tick.</summary>
    public void Drop() => timer.Dispose();

    private static MethodDescriptor Describe(CallOptions options) =>
        new(typeof(IGrainTimerInvoker), nameof(IGrainTimerInvoker), nameof(IGrainTimerInvoker.InvokeCallbackAsync), [], options, null);
}

/// <summary>What call filters see of a tick.</summary>
internal interface IGrainTimerInvoker
{
    Task InvokeCallbackAsync();
}
