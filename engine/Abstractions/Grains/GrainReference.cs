using System.Runtime.CompilerServices;
using RoutingGrid.Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Base of the generated proxies. Two references are equal when they name the same grain.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal readonly GrainReferenceShared Shared;
    internal readonly IdSpan Key;

    /// <summary>The activation that answered last: saves the lookup while it lives.</summary>
    internal object? LastTarget;

    protected GrainReference(GrainReferenceShared shared, IdSpan key)
    {
        Shared = shared;
        Key = key;
    }

    public GrainId GrainId => new(Shared.GrainType, Key);

    public GrainInterfaceType InterfaceType => Shared.Interface.InterfaceType;

    public string InterfaceName => Shared.Interface.Name;

    public bool Equals(GrainReference? other) => other is not null && Key.Equals(other.Key) && Shared.GrainType.Equals(other.Shared.GrainType);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => Key.GetHashCode();

    public override string ToString() => GrainId.ToString();

    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal object CastTo(Type interfaceType) => interfaceType.IsInstanceOfType(this) ? this : Shared.Engine.CreateReference(this, interfaceType);

    /// <summary>Sends a request; the task ends with its answer. For generated code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Task<T> InvokeTask<T>(GrainRequest<T> request)
    {
        Shared.Engine.Send(this, request);
        return request.Completion is { } completion ? completion.Task : request.TakeAsTask();
    }

    /// <inheritdoc cref="InvokeTask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ValueTask<T> InvokeValueTask<T>(GrainRequest<T> request)
    {
        Shared.Engine.Send(this, request);
        return request.Completion is { } completion ? new(completion.Task) : request.TakeAsValueTask();
    }

    /// <inheritdoc cref="InvokeTask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Task InvokeTask(GrainRequest<Nothing> request)
    {
        Shared.Engine.Send(this, request);
        return request.Completion is { } completion ? completion.Task : request.TakeAsPlainTask();
    }

    /// <inheritdoc cref="InvokeTask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ValueTask InvokeValueTask(GrainRequest<Nothing> request)
    {
        Shared.Engine.Send(this, request);
        return new(request.Completion is { } completion ? completion.Task : request.TakeAsPlainTask());
    }

    /// <summary>Sends a request that nobody waits for. For generated code.</summary>
    protected void InvokeOneWay(GrainRequest request) => Shared.Engine.Send(this, request);
}
