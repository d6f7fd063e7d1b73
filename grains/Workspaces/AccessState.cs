using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Grains.Workspaces;

/// <summary>All API keys, folded from their events.</summary>
internal sealed record AccessState
{
    public static AccessState None { get; } = new();

    /// <summary>Every key that was ever made, in order.</summary>
    public ImmutableArray<ApiKey> Keys { get; init; } = [];

    /// <summary>Those that are not revoked, by their hash.</summary>
    public ImmutableDictionary<string, ApiKey> ByHash { get; init; } = ImmutableDictionary<string, ApiKey>.Empty;

    /// <summary>Whether there is such a key, and it is not revoked.</summary>
    public bool Has(string keyId) => ByHash.Values.Any(key => key.KeyId == keyId);

    public AccessState Evolve(DomainEvent happened) => happened switch
    {
        ApiKeyCreated e => Created(e.Hash, new ApiKey(e.KeyId, e.Role, e.Workspace, e.AgentId, e.Name)),
        ApiKeyRevoked e => this with { ByHash = ByHash.RemoveRange(ByHash.Where(entry => entry.Value.KeyId == e.KeyId).Select(entry => entry.Key)) },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not an event of access.", nameof(happened)),
    };

    private AccessState Created(string hash, ApiKey key) => this with { Keys = Keys.Add(key), ByHash = ByHash.SetItem(hash, key) };
}
