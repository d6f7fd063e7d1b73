using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>The observers of one grain, which stay subscribed only as long as they renew. Use it from one activation.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <inheritdoc cref="ObserverManager{TObserver}"/>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly ILogger _log;

    // Replaced, not changed, while somebody enumerates.
    private Dictionary<TIdentity, Entry> _entries = [];
    private int _readers;

    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
#pragma warning disable RS0030 // As in Orleans, the wall clock unless the grain sets its TimeProvider's.
        GetDateTime = static () => DateTime.UtcNow;
#pragma warning restore RS0030
    }

    /// <summary>The clock. Grains set it to their TimeProvider's.</summary>
    public Func<DateTime> GetDateTime { get; set; }

    public TimeSpan ExpirationDuration { get; set; }

    public int Count => _entries.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _entries.ToDictionary(entry => entry.Key, entry => entry.Value.Observer);

    public void Clear() => Writable().Clear();

    /// <summary>Adds an observer or renews it.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => Writable()[id] = new Entry(observer, GetDateTime());

    public void Unsubscribe(TIdentity id) => Writable().Remove(id);

    /// <summary>Calls every observer that is not expired, one after another; expired ones and ones that fail are dropped.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        DateTime now = GetDateTime();
        List<TIdentity>? defunct = null;
        Dictionary<TIdentity, Entry> entries = BeginRead();
        try
        {
            foreach ((TIdentity id, Entry entry) in entries)
            {
                if (entry.Seen + ExpirationDuration < now)
                {
                    (defunct ??= []).Add(id);
                }
                else if (predicate is null || predicate(entry.Observer))
                {
                    try
                    {
                        await notification(entry.Observer);
                    }
                    catch (Exception error)
                    {
                        _log.LogDebug(error, "Dropping observer {Observer}, which failed.", id);
                        (defunct ??= []).Add(id);
                    }
                }
            }
        }
        finally
        {
            EndRead(defunct);
        }
    }

    /// <inheritdoc cref="Notify(Func{TObserver, Task}, Func{TObserver, bool})"/>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        DateTime now = GetDateTime();
        List<TIdentity>? defunct = null;
        Dictionary<TIdentity, Entry> entries = BeginRead();
        try
        {
            foreach ((TIdentity id, Entry entry) in entries)
            {
                if (entry.Seen + ExpirationDuration < now)
                {
                    (defunct ??= []).Add(id);
                }
                else if (predicate is null || predicate(entry.Observer))
                {
                    try
                    {
                        notification(entry.Observer);
                    }
                    catch (Exception error)
                    {
                        _log.LogDebug(error, "Dropping observer {Observer}, which failed.", id);
                        (defunct ??= []).Add(id);
                    }
                }
            }
        }
        finally
        {
            EndRead(defunct);
        }
    }

    public void ClearExpired()
    {
        DateTime now = GetDateTime();
        EndRead([.. BeginRead().Where(entry => entry.Value.Seen + ExpirationDuration < now).Select(entry => entry.Key)]);
    }

    public IEnumerator<TObserver> GetEnumerator()
    {
        Dictionary<TIdentity, Entry> entries = BeginRead();
        try
        {
            foreach (Entry entry in entries.Values)
            {
                yield return entry.Observer;
            }
        }
        finally
        {
            EndRead(null);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<TIdentity, Entry> BeginRead()
    {
        _readers++;
        return _entries;
    }

    private void EndRead(List<TIdentity>? defunct)
    {
        _readers--;
        foreach (TIdentity id in defunct ?? [])
        {
            Unsubscribe(id);
        }
    }

    private Dictionary<TIdentity, Entry> Writable() => _readers > 0 ? _entries = new(_entries) : _entries;

    private readonly record struct Entry(TObserver Observer, DateTime Seen);
}
