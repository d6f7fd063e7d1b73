using Microsoft.Extensions.Logging;
using RoutingGrid.Api.Authentication;

namespace RoutingGrid.Api.Live;

/// <summary>What every feed needs.</summary>
internal sealed class LiveServices(IGrainFactory grains, TimeProvider time, KeyRing keys, ILogger<Feed> log)
{
    public IGrainFactory Grains => grains;
    public TimeProvider Time => time;
    public KeyRing Keys => keys;
    public ILogger Log => log;
}
