namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Something that waits to be written. It runs on the writer's thread and is answered when its group is committed.</summary>
internal abstract class WriteItem
{
    /// <summary>Bytes that it brings.</summary>
    internal abstract int Size { get; }

    /// <summary>Whether it sees only what is committed, and so has a group for itself.</summary>
    internal virtual bool IsAlone => false;

    /// <summary>Looks at what it refers to, a step further with each depth. What it answers says nothing.</summary>
    internal virtual int Touch(int depth) => 0;

    /// <summary>Checks and writes within the group's transaction. May run again when the group had to be given up.</summary>
    internal abstract void Run(WriterSession session);

    /// <summary>Answers with what <see cref="Run"/> found.</summary>
    internal abstract void Complete();

    /// <summary>Answers that nothing was written, and why.</summary>
    internal abstract void Refuse(TimeSpan retryAfter, string reason);

    internal abstract void Fail(Exception exception);
}
