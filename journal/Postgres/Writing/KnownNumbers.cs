using System.Collections.Concurrent;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What is remembered of a stream's row.</summary>
/// <param name="era">How often everything had been forgotten.</param>
internal sealed class KnownStream(long id, int era)
{
    internal const long Unknown = -1;

    internal long Id => id;

    internal int Era => era;

    /// <summary>Where nobody else writes: its version. Else <see cref="Unknown"/>.</summary>
    internal long Version { get; set; } = Unknown;

    /// <summary>What its case's row says, where that is known.</summary>
    internal CaseFacts? Facts { get; set; }

    /// <summary>The version of the row's body.</summary>
    internal long BodyVersion { get; set; }
}

/// <summary>The numbers of workspaces and streams, as far as they were met, and, where this process writes alone, how far streams have got.</summary>
/// <remarks>
/// A number never changes once it is committed, and only an erased customer's stream gets another name. Versions are remembered for the process that is active alone: its
/// first statement in each transaction fails once it is not. Of a case that is closed none is remembered: archiving, which writes on a connection of its own, takes
/// those alone, and meets whoever writes to one at the lock of its stream.
/// </remarks>
internal sealed class KnownNumbers(bool isAlone)
{
    private const int IdsAtOnce = 1000;
    private readonly ConcurrentDictionary<string, int> _workspaces = new(StringComparer.Ordinal);
    private readonly Queue<long> _ids = [];
    private int _losses;
    private int _era;

    /// <summary>Nobody else writes while this process may.</summary>
    internal bool IsAlone => isAlone;

    internal int? Workspace(string name) => _workspaces.TryGetValue(name, out var number) ? number : null;

    internal void Add(string workspace, int number) => _workspaces[workspace] = number;

    /// <summary>Null where it is not remembered.</summary>
    internal KnownStream? Known(GroupStream stream)
    {
        if (stream.Known?.Era != Volatile.Read(ref _era)) stream.Known = null;
        return stream.Known;
    }

    internal KnownStream Add(GroupStream stream) => stream.Known = new KnownStream(stream.Id, Volatile.Read(ref _era));

    /// <summary>What a group that was committed has made of its streams.</summary>
    internal void Keep(List<GroupStream> streams)
    {
        foreach (var stream in streams)
        {
            if (stream is { IsNew: true, IsUsed: false }) continue;
            var known = stream.Known ?? Add(stream);
            if (!isAlone) continue;
            stream.Tell(known);
            // A case that is closed is seldom written to again, and would only be kept.
            if (known.Version == KnownStream.Unknown) stream.Known = null;
        }
    }

    /// <summary>Numbers for new streams, taken ahead where nobody else takes any. How many of them have to be taken from the database first: 0 where there are enough.</summary>
    internal int Lacks(int count)
    {
        lock (_ids) return _ids.Count >= count ? 0 : Math.Max(IdsAtOnce, count);
    }

    internal void AddIds(IEnumerable<long> ids)
    {
        lock (_ids)
        {
            foreach (var id in ids) _ids.Enqueue(id);
        }
    }

    /// <summary>False where another has taken them meanwhile.</summary>
    internal bool TryTakeIds(List<GroupStream> streams)
    {
        lock (_ids)
        {
            if (_ids.Count < streams.Count) return false;
            foreach (var stream in streams) stream.Id = _ids.Dequeue();
            return true;
        }
    }

    /// <summary>How many connections were lost. A transaction of theirs may still run, and end with a commit: alone, nobody asks for a lock that it has.</summary>
    internal int Losses => Volatile.Read(ref _losses);

    internal void AddLoss() => Interlocked.Increment(ref _losses);

    /// <summary>Something failed, so that the database may not be what it was: it was restored, or another has taken its place.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _era);
        _workspaces.Clear();
        lock (_ids) _ids.Clear();
    }
}
