using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>
/// One call on its way: the arguments (in generated subclasses), where it goes and who waits for it. Most calls complete
/// while the caller's thread is still in the proxy; those are recycled. All others are left to the collector, so that
/// whoever still looks at one (timeouts, the search for deadlocks) never sees another call in its place.
/// </summary>
public abstract class GrainRequest : WorkItem, IInvokable
{
    internal GrainReference Reference = null!;
    internal ActivationScheduler? Host;
    internal IGrainContext? Caller;
    internal Dictionary<string, object>? Context;
    internal Exception? Error;
    internal object? Returning;
    internal CallCancellation? Cancellation;

    // The caller's other calls in flight, newest first.
    internal GrainRequest? PreviousOutgoing;

    // Links of the list of calls that can time out.
    internal GrainRequest? NextToExpire;
    internal GrainRequest? PreviousToExpire;
    internal object? ExpiryList;
    internal long ExpiresAt;

    internal RequestState State;
    internal bool Escaped;

    /// <summary>What is called. For generated code.</summary>
    public abstract MethodDescriptor Method { get; }

    /// <summary>True when somebody already got an answer: the result, a timeout or a cancellation.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>True when the answer is still to come and somebody waits for it.</summary>
    internal abstract bool IsAwaited { get; }

    /// <summary>The activation that runs it or is to run it.</summary>
    internal ActivationScheduler? Target => Host?.Activation;

    internal bool Is(CallOptions option) => (Method.Options & option) != 0;

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object? value);

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;

    public Type GetInterfaceType() => Method.InterfaceType;

    public MethodInfo GetMethod() => Method.Method;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    public override string ToString() => $"{Caller?.GrainId.ToString() ?? "outside"} → {Reference?.GrainId}.{Method.Name}";

    /// <summary>Calls the method on <paramref name="target"/> and arranges for the host to be told when it returns. For generated code.</summary>
    public abstract void Invoke(object target);

    /// <summary>Puts the token that the callee sees into the arguments. For generated code.</summary>
    public virtual void SetCancellationToken(CancellationToken token)
    {
    }

    /// <summary>The token that the caller passed. For generated code.</summary>
    public virtual CancellationToken GetCancellationToken() => default;

    [ThreadStatic]
    private static bool t_answersOnThisThread;

    /// <summary>Whether whoever waits goes on, on this thread, while the answer is given. A simulation needs that: completions of
    /// <c>Task.WhenAll</c> would go to the thread pool otherwise.</summary>
    internal static bool AnswersOnThisThread
    {
        set => t_answersOnThisThread = value;
    }

    private protected static TaskCreationOptions AnswerOptions =>
        t_answersOnThisThread ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>From now on somebody may wait on another thread.</summary>
    internal abstract void ExpectAnswer();

    /// <summary>Gives the outcome to whoever waits; false if it was answered already.</summary>
    internal abstract bool Answer();

    /// <summary>Gives an error to whoever waits; false if it was answered already.</summary>
    internal abstract bool Fail(Exception error);

    /// <summary>The result, for filters.</summary>
    internal abstract object? BoxedResult { get; set; }

    /// <summary>A task that ends when the method has returned, with its outcome still in this request. For filters.</summary>
    internal abstract Task<object?> AnswerAsObject();

    /// <summary>The same call, to be answered apart from this one.</summary>
    internal abstract GrainRequest CopyForDelivery();

    internal void CompleteWithError(Exception error)
    {
        Error = error;
        Host!.OnReturned(this);
    }
}

/// <summary>Where a call stands.</summary>
internal enum RequestState : byte
{
    Created,
    Queued,
    Running,
    Returned,
}

/// <summary>The result of a method that returns none.</summary>
public readonly struct Nothing;
