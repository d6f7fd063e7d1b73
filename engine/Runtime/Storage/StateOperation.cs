namespace RoutingGrid.Engine.Storage;

/// <summary>One thing asked of a store for one state.</summary>
internal sealed class StateOperation(StateOperationKind kind)
{
    public StateOperationKind Kind { get; } = kind;

    /// <summary>The store has been asked: who wants the same from now on needs an operation of its own.</summary>
    public bool Started { get; set; }

    public Task Done { get; set; } = Task.CompletedTask;

    /// <summary>True when this need not be asked of the store, since the one before it did as much.</summary>
    public bool IsMetBy(StateOperation before) => before.Done.IsCompletedSuccessfully
        && (Kind == StateOperationKind.Read || (Kind == StateOperationKind.Clear && before.Kind == StateOperationKind.Clear));
}

internal enum StateOperationKind
{
    Read,
    Write,
    Clear,
}
