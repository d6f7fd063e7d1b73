using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Calls;

/// <summary>A call on its way through the callee's filters, on the callee's turns.</summary>
internal sealed class IncomingCall : IIncomingGrainCallContext
{
    private readonly Activation _activation;
    private readonly GrainRequest _request;
    private readonly object _target;
    private int _stage;

    private IncomingCall(Activation activation, GrainRequest request, object target)
    {
        _activation = activation;
        _request = request;
        _target = target;
    }

    public IInvokable Request => _request;

    public object Grain => _target;

    public GrainId? SourceId => _request.Caller?.GrainId;

    public GrainId TargetId => _activation.GrainId;

    public GrainInterfaceType InterfaceType => new(_request.Method.InterfaceName);

    public string InterfaceName => _request.Method.InterfaceName;

    public string MethodName => _request.Method.Name;

    public MethodInfo InterfaceMethod => _request.Method.Method;

    public IGrainContext TargetContext => _activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            InterfaceMapping map = _target.GetType().GetInterfaceMap(_request.Method.InterfaceType);
            int at = Array.IndexOf(map.InterfaceMethods, InterfaceMethod);
            return at < 0 ? InterfaceMethod : map.TargetMethods[at];
        }
    }

    public object? Result
    {
        get => _request.BoxedResult;
        set => _request.BoxedResult = value;
    }

    public static async void Run(Activation activation, GrainRequest request, object target)
    {
        request.Escaped = true;
        Exception? failure = null;
        try
        {
            await new IncomingCall(activation, request, target).Invoke();
        }
        catch (Exception error)
        {
            failure = error;
        }

        request.Error = failure;
        request.Host = activation;
        activation.OnReturned(request);
    }

    public Task Invoke()
    {
        IReadOnlyList<IIncomingGrainCallFilter> filters = _activation.Engine.IncomingFilters;
        int stage = _stage++;
        if (stage < filters.Count)
        {
            return filters[stage].Invoke(this);
        }

        if (stage == filters.Count && _target is IIncomingGrainCallFilter own)
        {
            return own.Invoke(this);
        }

        return InvokeMethod();
    }

    private async Task InvokeMethod()
    {
        var returned = new Returned(_activation);
        _request.Host = returned;
        _request.Invoke(_target);
        await returned.Task;
        if (_request.Error is { } error)
        {
            _request.Error = null;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Stands in for the activation, so that the filters still have the last word after the method returned.</summary>
    private sealed class Returned(Activation activation) : ActivationScheduler
    {
        private readonly TaskCompletionSource _returned = new();

        public Task Task => _returned.Task;

        public override ActivationScheduler Activation => activation;

        public override void OnReturned(GrainRequest request) => _returned.SetResult();

        public override void EnterReentrantSection(Guid id) => throw new NotSupportedException();

        public override void LeaveReentrantSection(Guid id) => throw new NotSupportedException();

        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => throw new NotSupportedException();

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }
}
