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

    public object? Result { get; set; }

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

    public async Task Invoke()
    {
        int stage = _stage++;
        if (stage < _filters.Length)
        {
            await _filters[stage].Invoke(this);
            return;
        }

        // Filters may have set values for the callee.
        _inner.Context = RequestContext.Export();
        _inner.ExpectAnswer();
        _engine.Deliver(_inner);
        if (!_inner.Is(CallOptions.OneWay))
        {
            Result = await _inner.AnswerAsObject();
        }
    }
}
