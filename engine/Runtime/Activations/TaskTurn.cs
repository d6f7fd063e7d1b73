using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Activations;

/// <summary>A task that was queued to an activation's scheduler: usually what follows an await.</summary>
internal sealed class TaskTurn(Task task) : WorkItem
{
    public readonly Task Task = task;
}

/// <summary>Makes an activation look at its state.</summary>
internal sealed class Nudge : WorkItem;
