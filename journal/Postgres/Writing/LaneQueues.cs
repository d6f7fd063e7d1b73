using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What waits to be written, by lane, up to a limit. Many add; each lane takes its own.</summary>
/// <remarks>
/// A new append goes to the first lane while little waits there and its group does not take long, and else to the lane of its first stream's hash, unless one of its subjects is
/// under way in another lane: then it follows that one there. So no subject is ever in two lanes, appends about it are written in the order in which they came, and no lane of
/// this process waits for a row that another one has locked. An append whose subjects are under way in two lanes waits aside, and
/// with it what came later about the same subjects, until they are in one.
/// </remarks>
internal sealed class LaneQueues
{
    // No commit takes as long, unless somebody has locked a row or a connection is gone.
    internal static readonly TimeSpan Long = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _limit;
    private readonly int _remembered;
    private readonly int _together;
    private readonly Lane[] _lanes;
    private readonly LinkedList<PendingAppend> _aside = [];
    private int _waiting;
    private bool _closed;

    // Two generations: what was asked for since the last turn, and what was in the turn before. It forgets without a list of uses.
    private Dictionary<StreamId, GroupStream> _young = [];
    private Dictionary<StreamId, GroupStream> _old = [];

    /// <param name="limit">How many appends may wait.</param>
    /// <param name="remembered">Of about how many subjects, at least, it is remembered what is known of them.</param>
    /// <param name="together">While fewer wait in the first lane, nothing goes to another by its hash.</param>
    internal LaneQueues(int lanes, int limit, int remembered, TimeProvider time, int together = 0)
    {
        (_limit, _remembered, _together, _time) = (limit, remembered, together, time);
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new Lane())];
    }

    internal int Limit => _limit;

    /// <summary>False where the limit is reached.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    internal bool TryAdd(PendingAppend append)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(PostgresJournal));
            if (_waiting >= _limit) return false;
            _waiting++;
            LookUp(append);
            if (LaneOf(append) is { } lane) Enqueue(append, lane);
            else PutAside(append);
            return true;
        }
    }

    /// <summary>Waits for something in a lane, then takes all of it up to a number and a size. Null: closed, and nothing is left.</summary>
    internal async ValueTask<List<PendingAppend>?> Take(int lane, int most, int mostBytes)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                _lanes[lane].BusySince = null;
                if (_lanes[lane].Waiting.Count > 0)
                {
                    var group = Take(_lanes[lane].Waiting, most, mostBytes);
                    _lanes[lane].BusySince = _time.GetTimestamp();
                    _waiting -= group.Count;
                    return group;
                }
                if (_closed && _aside.Count == 0) return null;
                changed = _lanes[lane].Sleep();
            }
            await changed;
        }
    }

    /// <summary>What a lane could take now.</summary>
    internal int WaitingIn(int lane)
    {
        lock (_gate) return _lanes[lane].Waiting.Count;
    }

    /// <summary>A group that was taken is written, or was given up.</summary>
    internal void Done(List<PendingAppend> group)
    {
        lock (_gate)
        {
            foreach (var append in group)
                foreach (var stream in append.Streams)
                    if (--stream.InLane + stream.Aside == 0) Rest(stream);
            if (_aside.Count == 0) return;
            TakeBackWhatCanGoOn();
            if (_closed && _aside.Count == 0) WakeAll();
        }
    }

    /// <summary>Nothing more is taken in; what waits is still handed out.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            WakeAll();
        }
    }

    /// <summary>Where a stream goes when nothing about it is under way.</summary>
    internal static int LaneOf(StreamId stream, int lanes)
    {
        var hash = 2166136261u;
        foreach (var c in stream.Id) hash = (hash ^ c) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % lanes);
    }

    private static List<PendingAppend> Take(Queue<PendingAppend> waiting, int most, int mostBytes)
    {
        var group = new List<PendingAppend>(Math.Min(most, waiting.Count));
        for (var bytes = 0; group.Count < most && bytes < mostBytes && waiting.TryDequeue(out var append); bytes += append.Size) group.Add(append);
        return group;
    }

    /// <summary>Whoever is about the same subject has the same object of it.</summary>
    private void LookUp(PendingAppend append)
    {
        if (_young.Count >= _remembered) Turn();
        for (var i = 0; i < append.Subjects.Length; i++)
        {
            ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, append.Subjects[i], out _);
            append.Streams[i] = stream ??= _old.GetValueOrDefault(append.Subjects[i]) ?? new GroupStream(append.Subjects[i]);
        }
    }

    private void Turn()
    {
        var (old, young) = (_old, _young);
        (_old, _young) = (young, []);
        foreach (var (name, stream) in old)
            if (stream.InLane + stream.Aside > 0) _young.TryAdd(name, stream);
    }

    private void Rest(GroupStream stream)
    {
        stream.Rest();
        if (stream.Known is not null) return;
        _young.Remove(stream.Name);
        _old.Remove(stream.Name);
    }

    /// <summary>Null: it has to wait until what is under way about its subjects is in one lane.</summary>
    private int? LaneOf(PendingAppend append)
    {
        int? lane = null;
        foreach (var stream in append.Streams)
        {
            if (stream.InLane + stream.Aside == 0) continue;
            if (stream.Aside > 0 || (lane is not null && lane != stream.Lane)) return null;
            lane = stream.Lane;
        }
        return lane ?? (append.Subjects.Length == 0 || MayShareTheFirst() ? 0 : LaneOf(append.Subjects[0], _lanes.Length));
    }

    private bool MayShareTheFirst() => _lanes[0].Waiting.Count < _together && (_lanes[0].BusySince is not { } since || _time.GetElapsedTime(since) < Long);

    private void Enqueue(PendingAppend append, int lane)
    {
        foreach (var stream in append.Streams)
        {
            stream.Lane = lane;
            stream.InLane++;
        }
        _lanes[lane].Waiting.Enqueue(append);
        _lanes[lane].Wake();
    }

    private void PutAside(PendingAppend append)
    {
        foreach (var stream in append.Streams) stream.Aside++;
        _aside.AddLast(append);
    }

    // In order, so that an append stays behind every earlier one that still has to wait and shares a subject with it.
    private void TakeBackWhatCanGoOn()
    {
        var held = new HashSet<GroupStream>();
        for (var node = _aside.First; node is not null;)
        {
            var (append, next) = (node.Value, node.Next);
            if (append.Streams.Any(held.Contains) || LaneAmongLanes(append) is not { } lane)
            {
                held.UnionWith(append.Streams);
            }
            else
            {
                _aside.Remove(node);
                foreach (var stream in append.Streams) stream.Aside--;
                Enqueue(append, lane);
            }
            node = next;
        }
    }

    private int? LaneAmongLanes(PendingAppend append)
    {
        int? lane = null;
        foreach (var stream in append.Streams)
        {
            if (stream.InLane == 0) continue;
            if (lane is not null && lane != stream.Lane) return null;
            lane = stream.Lane;
        }
        return lane ?? LaneOf(append.Subjects[0], _lanes.Length);
    }

    private void WakeAll()
    {
        foreach (var lane in _lanes) lane.Wake();
    }

    private sealed class Lane
    {
        private TaskCompletionSource? _sleeper;

        internal Queue<PendingAppend> Waiting { get; } = [];

        /// <summary>When its group was taken; null: it has none.</summary>
        internal long? BusySince { get; set; }

        internal Task Sleep() => (_sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        internal void Wake()
        {
            _sleeper?.TrySetResult();
            _sleeper = null;
        }
    }
}
