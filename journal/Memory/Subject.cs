using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Memory;

/// <summary>A stream, with the rows and deadlines of the case or agent that it is about.</summary>
internal sealed class Subject(StreamId stream, WorkspaceIndex workspace)
{
    private long[] _positions = [];

    internal StreamId Stream { get; private set; } = stream;
    internal WorkspaceIndex Workspace { get; } = workspace;
    internal long Version { get; private set; }

    /// <summary>The case's row, and its place among the workspace's cases, from 1.</summary>
    internal CaseRow? Case { get; set; }
    internal long Arrival { get; set; }

    /// <summary>Its place in the list of open cases, or -1.</summary>
    internal int OpenIndex { get; set; } = -1;

    internal AgentRow? Agent { get; set; }

    /// <summary>An agent's: the cases that the agent holds or has a live offer of. Few, so a list is fastest.</summary>
    internal List<Subject> AgentCases => field ??= [];

    /// <summary>Running deadlines, few; null where there never was one, as for most streams.</summary>
    internal List<RunningDeadline>? Deadlines { get; set; }

    /// <summary>The customer was erased, and is called otherwise.</summary>
    internal void Rename(string id) => Stream = Stream with { Id = id };

    internal long Advance(long position)
    {
        if (Version == _positions.Length) Array.Resize(ref _positions, Math.Max(2, _positions.Length * 2));
        _positions[Version] = position;
        return ++Version;
    }

    /// <summary>The positions of the events above a version.</summary>
    internal ReadOnlySpan<long> PositionsAfter(long version) =>
        version >= Version ? [] : _positions.AsSpan((int)version, (int)(Version - version));
}
