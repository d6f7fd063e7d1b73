namespace RoutingGrid.Journal.Memory;

/// <summary>A deadline that runs, and where its shard keeps it.</summary>
internal sealed class RunningDeadline(DeadlineRow row)
{
    internal DeadlineRow Row { get; set; } = row;
    internal List<RunningDeadline>? Bucket { get; set; }
    internal int Index { get; set; }
}

/// <summary>One shard's deadlines in buckets of a few seconds: setting and removing cost the same however many run, and
/// only the buckets that are due are ever looked into. Guarded by the journal's lock.</summary>
internal sealed class DeadlineShard
{
    private const int BucketBits = 26; // 2^26 ticks are 6.7 s
    private readonly SortedDictionary<long, List<RunningDeadline>> _byTime = [];
    private readonly Dictionary<long, List<RunningDeadline>> _buckets = [];

    internal void Add(RunningDeadline deadline)
    {
        var time = BucketOf(deadline.Row);
        if (!_buckets.TryGetValue(time, out var bucket)) _byTime[time] = _buckets[time] = bucket = [];
        deadline.Bucket = bucket;
        deadline.Index = bucket.Count;
        bucket.Add(deadline);
    }

    internal void Remove(RunningDeadline deadline)
    {
        var bucket = deadline.Bucket!;
        var last = bucket[^1];
        bucket[deadline.Index] = last;
        last.Index = deadline.Index;
        bucket.RemoveAt(bucket.Count - 1);
        deadline.Bucket = null;
        if (bucket.Count > 0) return;
        var time = BucketOf(deadline.Row);
        _buckets.Remove(time);
        _byTime.Remove(time);
    }

    internal List<DeadlineRow> DueBefore(DateTimeOffset time, int limit)
    {
        var due = new List<DeadlineRow>();
        foreach (var (start, bucket) in _byTime)
        {
            if (due.Count >= limit || start << BucketBits >= time.UtcTicks) break;
            var from = due.Count;
            foreach (var deadline in bucket)
                if (deadline.Row.DueAt < time) due.Add(deadline.Row);
            due.Sort(from, due.Count - from, SoonestFirst);
        }
        if (due.Count > limit) due.RemoveRange(limit, due.Count - limit);
        return due;
    }

    private static long BucketOf(DeadlineRow row) => row.DueAt.UtcTicks >> BucketBits;

    private static readonly Comparer<DeadlineRow> SoonestFirst = Comparer<DeadlineRow>.Create(static (a, b) =>
    {
        var order = a.DueAt.CompareTo(b.DueAt);
        if (order == 0) order = string.CompareOrdinal(a.Owner.Workspace, b.Owner.Workspace);
        if (order == 0) order = string.CompareOrdinal(a.Owner.Id, b.Owner.Id);
        if (order == 0) order = a.Owner.Kind.CompareTo(b.Owner.Kind);
        if (order == 0) order = a.Kind.CompareTo(b.Kind);
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    });
}
