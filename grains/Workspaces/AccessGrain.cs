using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Grains.Workspaces;

internal sealed class AccessGrain(IJournal journal, ISecretSource secrets, TimeProvider time) : Grain, IAccessGrain
{
    private static readonly StreamId Stream = new(StreamKind.Access, "", "keys");

    private readonly Dictionary<string, ApiKey> _byHash = [];
    private readonly HashSet<string> _revoked = [];
    private ImmutableArray<ApiKey> _keys = [];
    private long _version;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var recorded in await journal.ReadStream(Stream, 0, cancellationToken)) Apply(recorded.Event);
    }

    public async Task<NewApiKey> Create(Role role, string? workspace, string? agentId, string? name, CommandContext context)
    {
        var secret = "rg_" + secrets.Next();
        var created = new ApiKeyCreated
        {
            At = time.GetUtcNow(), By = context.By, CommandId = context.CommandId,
            KeyId = $"k{_keys.Length + 1}",
            Hash = HashOf(secret),
            Role = role, Workspace = workspace, AgentId = agentId, Name = name,
        };
        await Append(created);
        return new NewApiKey(secret, _byHash[created.Hash]);
    }

    public async Task<NewApiKey?> CreateFirst() => _keys.IsEmpty
        ? await Create(Role.Administrator, null, null, "first administrator", CommandContext.System)
        : null;

    public Task<ApiKey?> Find(string hash) => Task.FromResult(_byHash.GetValueOrDefault(hash));

    public Task<ImmutableArray<ApiKey>> List() => Task.FromResult(_keys.RemoveAll(key => _revoked.Contains(key.KeyId)));

    public async Task<bool> Revoke(string keyId, CommandContext context)
    {
        if (_revoked.Contains(keyId) || !_keys.Any(key => key.KeyId == keyId)) return false;
        await Append(new ApiKeyRevoked { At = time.GetUtcNow(), By = context.By, CommandId = context.CommandId, KeyId = keyId });
        return true;
    }

    /// <summary>SHA-256 in lower-case hexadecimal. The secret has 256 random bits, so it needs no salt and no slow hash.</summary>
    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private async Task Append(DomainEvent happened)
    {
        try
        {
            var result = await journal.Append(new Append(new StreamAppend(Stream, _version, [happened]), []));
            if (result is not AppendResult.Committed) throw new InvalidOperationException($"The key could not be written: {result}.");
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        Apply(happened);
    }

    private void Apply(DomainEvent happened)
    {
        _version++;
        switch (happened)
        {
            case ApiKeyCreated e:
                var key = new ApiKey(e.KeyId, e.Role, e.Workspace, e.AgentId, e.Name);
                _byHash[e.Hash] = key;
                _keys = _keys.Add(key);
                break;
            case ApiKeyRevoked e:
                _revoked.Add(e.KeyId);
                foreach (var hash in _byHash.Where(entry => entry.Value.KeyId == e.KeyId).Select(entry => entry.Key).ToArray()) _byHash.Remove(hash);
                break;
            default:
                throw new ArgumentException($"{happened.GetType().Name} is not an event of access.", nameof(happened));
        }
    }
}

/// <summary>Where secrets come from: the operating system, or a seed in tests.</summary>
public interface ISecretSource
{
    /// <summary>256 bits as 64 hexadecimal characters.</summary>
    string Next();
}

/// <summary>The operating system's randomness.</summary>
public sealed class SystemSecretSource : ISecretSource
{
    public string Next() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}
