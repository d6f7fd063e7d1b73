using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RoutingGrid.Api.Authentication;

namespace RoutingGrid.Api.Live;

/// <summary>What one client watches: an observer that it renews, and a bounded queue to the client.</summary>
/// <remarks>
/// A client that does not read fast enough is dropped when its queue is full: it connects again, and begins with a snapshot.
/// Losing an event loses nothing, since every renewal brings a snapshot too. A revoked key ends the feed at the next renewal.
/// </remarks>
internal abstract class Feed(Caller caller, LiveServices services) : IAsyncDisposable
{
    /// <summary>Between signs of life. Every second one renews.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private const int LongestQueue = 256;

    private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly CancellationTokenSource _dropped = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;

    /// <summary>What the client is to be told. Ends when the feed does.</summary>
    public ChannelReader<LiveEvent> Events => _queue.Reader;

    /// <summary>The client was too slow, or may not watch any more: whatever is being written to it is in vain.</summary>
    public CancellationToken Dropped => _dropped.Token;

    protected LiveServices Services => services;

    /// <summary>Subscribes, and puts a snapshot into the queue. What happens in between comes after it, or is in it, or both.</summary>
    public async Task Start()
    {
        await Subscribe();
        Post(await Snapshot());
        _beating = Beating();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        Unsubscribe();
        _stop.Dispose();
        _dropped.Dispose();
    }

    /// <summary>Says so to the grain, for another minute.</summary>
    protected abstract Task Subscribe();

    protected abstract void Unsubscribe();

    protected abstract Task<LiveEvent> Snapshot();

    protected void Post(LiveEvent happened)
    {
        if (!_queue.Writer.TryWrite(happened)) Drop();
    }

    private void Drop()
    {
        if (!_queue.Writer.TryComplete()) return;
        try
        {
            _dropped.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The client has gone by itself.
        }
    }

    private async Task Beating()
    {
        using var timer = new PeriodicTimer(Beat, services.Time);
        try
        {
            for (var beat = 1; await timer.WaitForNextTickAsync(_stop.Token); beat++)
            {
                Post(LiveEvent.SignOfLife);
                if (beat % 2 == 0) await Renew();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task Renew()
    {
        try
        {
            if (!await services.Keys.StillHolds(caller))
            {
                Drop();
                return;
            }
            await Subscribe();
            Post(await Snapshot());
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            // The next beat tries again; the client reads the same numbers until then.
            services.Log.LogWarning("A live feed could not be renewed: {Reason}", error.Message);
        }
    }
}
