using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans
{
    /// <summary>A call on its way through the filters.</summary>
    public interface IGrainCallContext
    {
        IInvokable Request { get; }

        /// <summary>The grain object for incoming calls, the reference for outgoing ones.</summary>
        object Grain { get; }

        /// <summary>Who calls. From outside grains: the id of a client for incoming calls, null for outgoing ones.</summary>
        GrainId? SourceId { get; }

        GrainId TargetId { get; }

        GrainInterfaceType InterfaceType { get; }

        string InterfaceName { get; }

        string MethodName { get; }

        MethodInfo InterfaceMethod { get; }

        /// <summary>The result, once the call has run; a filter may replace it.</summary>
        object? Result { get; set; }

        /// <summary>Goes on to the next filter or to the method itself. Throws what they throw.</summary>
        Task Invoke();
    }

    /// <inheritdoc cref="IGrainCallContext"/>
    public interface IIncomingGrainCallContext : IGrainCallContext
    {
        IGrainContext TargetContext { get; }

        MethodInfo ImplementationMethod { get; }
    }

    /// <inheritdoc cref="IGrainCallContext"/>
    public interface IOutgoingGrainCallContext : IGrainCallContext
    {
        IGrainContext? SourceContext { get; }
    }

    /// <summary>Runs around every call to a grain: register as a service, or implement on a grain class for its own calls.</summary>
    public interface IIncomingGrainCallFilter
    {
        Task Invoke(IIncomingGrainCallContext context);
    }

    /// <summary>Runs around every call from a grain or from outside: register as a service.</summary>
    public interface IOutgoingGrainCallFilter
    {
        Task Invoke(IOutgoingGrainCallContext context);
    }
}

namespace Orleans.Serialization.Invocation
{
    /// <summary>A method call as an object.</summary>
    public interface IInvokable
    {
        int GetArgumentCount();

        object? GetArgument(int index);

        void SetArgument(int index, object? value);

        string GetMethodName();

        string GetInterfaceName();

        Type GetInterfaceType();

        MethodInfo GetMethod();

        TimeSpan? GetDefaultResponseTimeout();
    }
}
