using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Grains.Workspaces;

internal sealed class AccessGrain(IJournal journal, ISecretSource secrets, GrainOptions options, TimeProvider time, ILogger<AccessGrain> log) : Grain, IAccessGrain
{
    private static readonly StreamId Stream = new(StreamKind.Access, "", "keys");

    private readonly Snapshot<AccessState> _snapshot = new(
        journal, new SnapshotPlace(Stream, SnapshotDocuments.Access, Stream.Id, options.SnapshotEvery), AccessState.None, static (state, recorded) => state.Evolve(recorded.Event), log);

    private AccessState _state = AccessState.None;
    private long _version;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => (_state, _version) = await _snapshot.Load(cancellationToken);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _snapshot.Keep(_state, _version, isLast: true);

    public async Task<NewApiKey> Create(Role role, string? workspace, string? agentId, string? name, CommandContext context)
    {
        var secret = "rg_" + secrets.Next();
        var created = new ApiKeyCreated
        {
            At = time.GetUtcNow(), By = context.By, CommandId = context.CommandId,
            KeyId = $"k{_state.Keys.Length + 1}",
            Hash = HashOf(secret),
            Role = role, Workspace = workspace, AgentId = agentId, Name = name,
        };
        await Append(created);
        return new NewApiKey(secret, _state.ByHash[created.Hash]);
    }

    public async Task<NewApiKey?> CreateFirst() => _state.Keys.IsEmpty
        ? await Create(Role.Administrator, null, null, "first administrator", CommandContext.System)
        : null;

    public Task<ApiKey?> Find(string hash) => Task.FromResult(_state.ByHash.GetValueOrDefault(hash));

    public Task<ImmutableArray<ApiKey>> List() => Task.FromResult(_state.Keys.RemoveAll(key => !_state.Has(key.KeyId)));

    public async Task<bool> Revoke(string keyId, CommandContext context)
    {
        if (!_state.Has(keyId)) return false;
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
        (_state, _version) = (_state.Evolve(happened), _version + 1);
        await _snapshot.Keep(_state, _version);
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
