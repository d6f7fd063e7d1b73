using System.Collections.Concurrent;

namespace RoutingGrid.Simulation.People;

/// <summary>What people did; counted on the client's side, so that it can be held against what the server says.</summary>
public sealed class PeopleTally
{
    public Count Accepted { get; } = new();
    public Count Declined { get; } = new();
    public Count RangOut { get; } = new();
    public Count Replies { get; } = new();
    public Count Closed { get; } = new();
    public Count Transferred { get; } = new();
    public Count Escalated { get; } = new();
    public Count Breaks { get; } = new();
    public Count ConnectionsLost { get; } = new();

    /// <summary>Problem type → how often the server refused for it. A few are part of life: somebody else was faster.</summary>
    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    /// <summary>What should not have happened. The first ones are kept whole.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();
    public Count Failed { get; } = new();

    public void Refused(string code) => Refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void Fail(string what)
    {
        if (Failed.Add() <= 20) Failures.Enqueue(what);
    }

    /// <summary>A number that many threads add to.</summary>
    public sealed class Count
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public long Add() => Interlocked.Increment(ref _value);
    }
}
