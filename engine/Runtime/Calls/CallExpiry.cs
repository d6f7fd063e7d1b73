using System.Collections.Concurrent;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Calls;

/// <summary>
/// Response timeouts. Calls with the same timeout expire in the order in which they were sent, so a list of them, oldest
/// first, needs one timer. Only calls that did not complete at once get here.
/// </summary>
internal sealed class CallExpiry
{
    private readonly EmbeddedEngine _engine;
    private readonly ExpiryList _standard;
    private readonly ConcurrentDictionary<TimeSpan, ExpiryList> _special = new();

    public CallExpiry(EmbeddedEngine engine)
    {
        _engine = engine;
        _standard = new(engine, engine.Options.ResponseTimeout);
    }

    public bool Any => _standard.Any || _special.Any(list => list.Value.Any);

    public IEnumerable<GrainRequest> All => _special.OrderBy(list => list.Key).Select(list => list.Value).Prepend(_standard).SelectMany(list => list.All());

    public void Add(GrainRequest request)
    {
        ExpiryList list = request.Method.ResponseTimeout is { } special
            ? _special.GetOrAdd(special, static (timeout, engine) => new(engine, timeout), _engine)
            : _standard;
        list.Add(request);
    }

    public void Remove(GrainRequest request) => (request.ExpiryList as ExpiryList)?.Remove(request);

    public void FailAll(Func<GrainRequest, Exception> error)
    {
        foreach (ExpiryList list in _special.Select(pair => pair.Value).Append(_standard))
        {
            list.FailAll(error);
        }
    }
}

/// <summary>Calls with one timeout, oldest first.</summary>
internal sealed class ExpiryList
{
    private readonly Lock _gate = new();
    private readonly EmbeddedEngine _engine;
    private readonly TimeSpan _timeout;
    private readonly long _timeoutStamps;
    private ITimer? _timer;
    private bool _armed;
    private GrainRequest? _oldest;
    private GrainRequest? _newest;

    public ExpiryList(EmbeddedEngine engine, TimeSpan timeout)
    {
        _engine = engine;
        _timeout = timeout;
        _timeoutStamps = (long)(timeout.TotalSeconds * engine.Time.TimestampFrequency);
    }

    public bool Any => Volatile.Read(ref _oldest) is not null;

    public List<GrainRequest> All()
    {
        var all = new List<GrainRequest>();
        lock (_gate)
        {
            for (GrainRequest? request = _oldest; request is not null; request = request.NextToExpire)
            {
                all.Add(request);
            }
        }

        return all;
    }

    public void Add(GrainRequest request)
    {
        long now = _engine.Time.GetTimestamp();
        lock (_gate)
        {
            request.ExpiresAt = now + _timeoutStamps;
            request.ExpiryList = this;
            request.PreviousToExpire = _newest;
            request.NextToExpire = null;
            if (_newest is null)
            {
                _oldest = request;
            }
            else
            {
                _newest.NextToExpire = request;
            }

            _newest = request;
            if (!_armed)
            {
                _armed = true;
                _timer ??= _engine.CreateTimer(TimerKind.Housekeeping, static list => ((ExpiryList)list!).OnTimer(), this);
                _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Remove(GrainRequest request)
    {
        lock (_gate)
        {
            if (request.ExpiryList != this)
            {
                return;
            }

            Unlink(request);
        }
    }

    public void FailAll(Func<GrainRequest, Exception> error)
    {
        while (TakeOldest(long.MaxValue) is { } request)
        {
            request.Fail(error(request));
        }
    }

    private void OnTimer()
    {
        long now = _engine.Time.GetTimestamp();
        while (TakeOldest(now) is { } request)
        {
            request.Fail(new TimeoutException($"No answer to {request} within {_timeout}."));
        }

        lock (_gate)
        {
            _armed = _oldest is not null;
            if (_oldest is not null)
            {
                _timer!.Change(TimeSpan.FromSeconds((double)(_oldest.ExpiresAt - now) / _engine.Time.TimestampFrequency) + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private GrainRequest? TakeOldest(long now)
    {
        lock (_gate)
        {
            GrainRequest? request = _oldest;
            if (request is null || request.ExpiresAt > now)
            {
                return null;
            }

            Unlink(request);
            return request;
        }
    }

    private void Unlink(GrainRequest request)
    {
        if (request.PreviousToExpire is null)
        {
            _oldest = request.NextToExpire;
        }
        else
        {
            request.PreviousToExpire.NextToExpire = request.NextToExpire;
        }

        if (request.NextToExpire is null)
        {
            _newest = request.PreviousToExpire;
        }
        else
        {
            request.NextToExpire.PreviousToExpire = request.PreviousToExpire;
        }

        request.PreviousToExpire = null;
        request.NextToExpire = null;
        request.ExpiryList = null;
    }
}
