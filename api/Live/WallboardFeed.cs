using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Queues;
using RoutingGrid.GrainInterfaces.Live;

namespace RoutingGrid.Api.Live;

/// <summary>A workspace's live numbers.</summary>
internal sealed class WallboardFeed : Feed, IWallboardObserver
{
    public const string EventName = "wallboard";

    private readonly IWallboardGrain _wallboard;
    private readonly IWallboardObserver _self;

    public WallboardFeed(string workspace, Caller caller, LiveServices services) : base(caller, services)
    {
        _wallboard = services.Grains.GetGrain<IWallboardGrain>(workspace);
        _self = services.Grains.CreateObjectReference<IWallboardObserver>(this);
    }

    public void Changed(WallboardSnapshot snapshot) => Post(new LiveEvent(EventName, WallboardView.Of(snapshot)));

    protected override Task Subscribe() => _wallboard.Watch(_self);

    protected override void Unsubscribe() => Services.Grains.DeleteObjectReference<IWallboardObserver>(_self);

    protected override async Task<LiveEvent> Snapshot() => new(EventName, WallboardView.Of(await _wallboard.Get()));
}
