using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RoutingGrid.GrainInterfaces.Workspaces;

namespace RoutingGrid.Api.Authentication;

/// <summary>Finds who has a key. Remembers an answer for a few seconds, so a revoked key stops working everywhere within that.</summary>
internal sealed class KeyRing(IGrainFactory grains, TimeProvider time)
{
    /// <summary>The grain that knows all keys.</summary>
    public const string GrainKey = "access";

    private const int MostRemembered = 10_000;
    private const int LongestSecret = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> _known = new();

    public IAccessGrain Access => grains.GetGrain<IAccessGrain>(GrainKey);

    public async ValueTask<Caller?> Find(string secret)
    {
        if (secret.Length is 0 or > LongestSecret) return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return await FindHash(hash) is { } key ? new Caller(key, hash) : null;
    }

    /// <summary>Whether a caller's key still holds.</summary>
    public async ValueTask<bool> StillHolds(Caller caller) => await FindHash(caller.Hash) == caller.Key;

    /// <summary>A key was revoked here: nobody may profit from what is remembered.</summary>
    public void Forget() => _known.Clear();

    private async ValueTask<ApiKey?> FindHash(string hash)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(hash, out var known) && now < known.Until) return known.Key;
        var key = await Access.Find(hash);
        if (key is null)
        {
            // Wrong keys are not remembered: whoever tries many must not push out the right ones.
            _known.TryRemove(hash, out _);
            return null;
        }
        if (_known.Count >= MostRemembered) _known.Clear();
        _known[hash] = (key, now + Remembered);
        return key;
    }
}
