using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace RoutingGrid.Engine.Storage;

/// <summary>
/// A state of a type. Like the one of Orleans it asks its store one thing at a time, from the next turn on, so that
/// interleaving calls do not conflict with each other; writes that wait for the same turn are one.
/// </summary>
internal sealed class StoredState<T>(GrainId grain, string name, IGrainStorage storage) : StoredState, IPersistentState<T>
{
    private readonly GrainState<T> _state = new(Empty());
    private StateOperation? _last;
    private bool _isLoaded;

    public T State
    {
        get
        {
            CheckTurn();
            return _state.State!;
        }

        set
        {
            CheckTurn();
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _isLoaded ? _state.RecordExists : throw new InvalidOperationException($"The state '{name}' of {grain} has not been loaded yet.");

    public override Task LoadAsync() => Ask(StateOperationKind.Read);

    public Task ReadStateAsync() => Enqueue(StateOperationKind.Read);

    public Task WriteStateAsync() => Enqueue(StateOperationKind.Write);

    public Task ClearStateAsync() => Enqueue(StateOperationKind.Clear);

    private Task Enqueue(StateOperationKind kind)
    {
        CheckTurn();
        StateOperation? before = _last;
        if (before is { Started: false } && before.Kind == kind && kind != StateOperationKind.Read)
        {
            return before.Done;
        }

        var operation = new StateOperation(kind);
        _last = operation;
        return operation.Done = Run(operation, before);
    }

    private async Task Run(StateOperation operation, StateOperation? before)
    {
        await Task.Yield();
        try
        {
            if (before is not null)
            {
                await before.Done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            operation.Started = true;
            if (before is null || !operation.IsMetBy(before))
            {
                await Ask(operation.Kind);
            }
        }
        finally
        {
            _last = _last == operation ? null : _last;
        }
    }

    private async Task Ask(StateOperationKind kind)
    {
        try
        {
            await (kind switch
            {
                StateOperationKind.Read => storage.ReadStateAsync(name, grain, _state),
                StateOperationKind.Write => storage.WriteStateAsync(name, grain, _state),
                _ => storage.ClearStateAsync(name, grain, _state),
            });
        }
        catch (Exception error) when (error is not OrleansException)
        {
            // As in Orleans: grains that want to know why look at the inner exception.
            throw new OrleansException($"The store of the state '{name}' of {grain} failed ({kind}): {error.Message}", error);
        }

        _isLoaded = true;
        if (kind != StateOperationKind.Write)
        {
            _state.State ??= Empty();
        }
    }

    private void CheckTurn()
    {
        if (RuntimeContext.Current is null)
        {
            throw new InvalidOperationException($"The state '{name}' of {grain} was used outside a turn of a grain, such as in Task.Run.");
        }
    }

    // As in Orleans: a state that was never written is a new one where that is possible.
    private static T Empty() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is null ? default! : Activator.CreateInstance<T>();
}
