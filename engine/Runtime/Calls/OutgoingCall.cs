using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Calls;

/// <summary>A call on its way through the caller's filters.</summary>
internal sealed class OutgoingCall : IOutgoingGrainCallContext
{
    private readonly EmbeddedEngine _engine;
    private readonly GrainRequest _inner;
    private readonly IOutgoingGrainCallFilter[] _filters;
    private int _stage;
    private object? _result;
    private bool _isAnswered;

    private OutgoingCall(EmbeddedEngine engine, GrainRequest inner, IOutgoingGrainCallFilter[] filters)
    {
        _engine = engine;
        _inner = inner;
        _filters = filters;
    }

    public IInvokable Request => _inner;

    public object Grain => _inner.Reference;

    public GrainId? SourceId => _inner.Caller?.GrainId;

    public GrainId TargetId => _inner.Reference.GrainId;

    public GrainInterfaceType InterfaceType => _inner.Reference.InterfaceType;

    public string InterfaceName => _inner.Method.InterfaceName;

    public string MethodName => _inner.Method.Name;

    public MethodInfo InterfaceMethod => _inner.Method.Method;

    public IGrainContext? SourceContext => _inner.Caller;

    public object? Result
    {
        get => _result;
        set
        {
            _result = value;
            _isAnswered = true;
        }
    }

    /// <summary>The caller waits for <paramref name="request"/>; what is delivered is a copy of it.</summary>
    public static async void Run(EmbeddedEngine engine, GrainRequest request, IOutgoingGrainCallFilter[] filters)
    {
        request.Escaped = true;
        request.ExpectAnswer();
        var call = new OutgoingCall(engine, request.CopyForDelivery(), filters);
        try
        {
            await call.Invoke();
            request.BoxedResult = call.Result;
        }
        catch (Exception error)
        {
            request.Error = error;
        }

        request.Answer();
    }

    /// <summary>Goes one stage on, and back again afterwards: a filter may go on more than once.</summary>
    public async Task Invoke()
    {
        int stage = _stage++;
        try
        {
            if (stage == _filters.Length)
            {
                Result = await Deliver();
                return;
            }

            await _filters[stage].Invoke(this);
            if (!_isAnswered)
            {
                throw new InvalidOperationException($"The filter {_filters[stage].GetType().Name} neither went on with {_inner} nor set its result.");
            }
        }
        finally
        {
            _stage--;
        }
    }

    private async Task<object?> Deliver()
    {
        // Each attempt is a call of its own. Filters may have set values for the callee.
        GrainRequest attempt = _inner.CopyForDelivery();
        attempt.Context = RequestContext.Export();
        attempt.ExpectAnswer();
        _engine.Deliver(attempt);
        return attempt.Is(CallOptions.OneWay) ? null : await attempt.AnswerAsObject();
    }
}
