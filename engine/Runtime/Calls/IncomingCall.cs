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

    // The method has run, or a filter has answered in its place.
    private bool _isAnswered;
    private Exception? _error;

    private IncomingCall(Activation activation, GrainRequest request, object target)
    {
        _activation = activation;
        _request = request;
        _target = target;
    }

    public IInvokable Request => _request;

    public object Grain => _target;

    public GrainId? SourceId => _request is Timers.TimerTick ? TargetId : _request.Caller?.GrainId ?? Hosting.EmbeddedClient.Id;

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
        set
        {
            _request.BoxedResult = value;
            _isAnswered = true;
            _error = null;
        }
    }

    public static async void Run(Activation activation, GrainRequest request, object target)
    {
        request.Escaped = true;
        var call = new IncomingCall(activation, request, target);
        try
        {
            await call.Invoke();
        }
        catch (Exception error)
        {
            call._error = error;
        }

        // Whoever catches the method's error without answering in its place does not hide it.
        request.Error = call._error;
        request.Host = activation;
        activation.OnReturned(request);
    }

    /// <summary>Goes one stage on, and back again afterwards: a filter may go on more than once.</summary>
    public async Task Invoke()
    {
        IReadOnlyList<IIncomingGrainCallFilter> filters = _activation.Engine.IncomingFilters;
        int stage = _stage++;
        try
        {
            IIncomingGrainCallFilter? filter = stage < filters.Count ? filters[stage] : stage == filters.Count ? _target as IIncomingGrainCallFilter : null;
            if (filter is null)
            {
                await InvokeMethod();
                return;
            }

            await filter.Invoke(this);
            if (!_isAnswered)
            {
                throw new InvalidOperationException($"The filter {filter.GetType().Name} neither went on with {_request} nor set its result.");
            }
        }
        finally
        {
            _stage--;
        }
    }

    private async Task InvokeMethod()
    {
        var returned = new Returned(_activation);
        _request.Host = returned;
        try
        {
            _request.Invoke(_target);
            await returned.Task;
        }
        catch (Exception error)
        {
            _request.Error = error;
        }

        _isAnswered = true;
        _error = _request.Error;
        _request.Error = null;
        if (_error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_error);
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
