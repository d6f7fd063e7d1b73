using Orleans.Runtime;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>A call whose result is a <typeparamref name="T"/>. For generated code.</summary>
public abstract class GrainRequest<T> : GrainRequest
{
    internal T? Result;
    internal TaskCompletionSource<T>? Completion;

    internal override bool IsAnswered => Completion is { Task.IsCompleted: true };

    internal override bool IsAwaited => Completion is { Task: { IsCompleted: false } task } && TaskContinuations.HasAny(task);

    internal override object? BoxedResult
    {
        get => typeof(T) == typeof(Nothing) ? null : Result;
        set => Result = typeof(T) == typeof(Nothing) ? default : (T?)value;
    }

    /// <summary>Makes the result safe to hand to the caller. Overridden where results are not immutable.</summary>
    protected virtual T CopyResult(T result) => result;

    /// <summary>Makes this object ready to be rented again.</summary>
    protected abstract void Recycle();

    protected void Await(Task<T> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Complete(task.Result);
        }
        else
        {
            AwaitLater(task);
        }
    }

    protected void Await(ValueTask<T> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Complete(task.Result);
        }
        else
        {
            AwaitLater(task.AsTask());
        }
    }

    private protected void Complete(T result)
    {
        try
        {
            Result = CopyResult(result);
        }
        catch (Exception error)
        {
            Error = error;
        }

        Host!.OnReturned(this);
    }

    private protected void AwaitLater(Task task)
    {
        Returning = task;
        if (task.IsCompleted)
        {
            Resume();
        }
        else
        {
            // Captures the activation's scheduler, on whose turn this runs.
            task.GetAwaiter().UnsafeOnCompleted(Resume);
        }
    }

    private void Resume()
    {
        var task = (Task)Returning!;
        Returning = null;
        if (task.IsCompletedSuccessfully)
        {
            Complete(ResultOf(task));
            return;
        }

        CompleteWithError(task.Exception is { } error ? error.InnerExceptions[0] : Cancelled(task));
    }

    private protected virtual T ResultOf(Task task) => ((Task<T>)task).Result;

    internal override void ExpectAnswer() => Completion ??= new(AnswerOptions);

    internal override bool Answer() => Completion is { } completion
        && (Error is null ? completion.TrySetResult(Result!) : Fail(Error));

    internal override bool Fail(Exception error) => Completion is { } completion
        && (error is OperationCanceledException ? completion.TrySetFromTask(Failed(error)) : completion.TrySetException(error));

    internal override async Task<object?> AnswerAsObject() => await Completion!.Task is { } result and not Nothing ? result : null;

    internal override GrainRequest CopyForDelivery()
    {
        var copy = (GrainRequest<T>)MemberwiseClone();
        copy.Completion = null;
        return copy;
    }

    internal Task<T> TakeAsTask()
    {
        if (Error is { } error)
        {
            return Failed(error);
        }

        T result = Result!;
        Release();
        return Task.FromResult(result);
    }

    internal ValueTask<T> TakeAsValueTask()
    {
        if (Error is { } error)
        {
            return new(Failed(error));
        }

        T result = Result!;
        Release();
        return new(result);
    }

    internal Task TakeAsPlainTask()
    {
        if (Error is { } error)
        {
            return Failed(error);
        }

        Release();
        return Task.CompletedTask;
    }

    private void Release()
    {
        if (Escaped)
        {
            return;
        }

        Result = default;
        Reference = null!;
        Host = null;
        Caller = null;
        Context = null;
        Recycle();
    }

    private static Task<T> Failed(Exception error) => error is OperationCanceledException ? Cancelled(error) : Task.FromException<T>(error);

    // Only an async method makes a task that is cancelled and still throws this very exception.
    private static async Task<T> Cancelled(Exception error)
    {
        await Task.CompletedTask;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        return default;
    }

    private static OperationCanceledException Cancelled(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException error)
        {
            return error;
        }

        return new OperationCanceledException();
    }
}

/// <summary>A call without a result. For generated code.</summary>
public abstract class GrainVoidRequest : GrainRequest<Nothing>
{
    protected void Await(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Host!.OnReturned(this);
        }
        else
        {
            AwaitLater(task);
        }
    }

    protected void Await(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            Host!.OnReturned(this);
        }
        else
        {
            AwaitLater(task.AsTask());
        }
    }

    /// <summary>For methods that return nothing at all.</summary>
    protected void Done() => Host!.OnReturned(this);

    private protected override Nothing ResultOf(Task task) => default;
}

/// <summary>One request object per thread and method, which most calls reuse.</summary>
public static class RequestCache<T>
    where T : GrainRequest, new()
{
    [ThreadStatic]
    private static T? t_free;

    public static T Rent()
    {
        if (t_free is { } request)
        {
            t_free = null;
            return request;
        }

        return new T();
    }

    public static void Return(T request) => t_free = request;
}
