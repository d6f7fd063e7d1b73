using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.GrainInterfaces.Workspaces;

/// <summary>A workspace's configuration and its history. Key: the workspace's name.</summary>
public interface IWorkspaceGrain : IGrainWithStringKey
{
    /// <summary>Null where the workspace has never been configured.</summary>
    Task<VersionedConfiguration?> Get();

    /// <summary>Replaces the whole configuration, or refuses with every error and its path, and changes nothing.</summary>
    /// <param name="context">IfVersion: the version that the new one was made from; 0: there is none yet; null: any.</param>
    Task<ConfigureResult> Configure(WorkspaceConfiguration configuration, CommandContext context);
}

[GenerateSerializer, Immutable, Alias("VersionedConfiguration")]
public sealed record VersionedConfiguration([property: Id(0)] long Version, [property: Id(1)] WorkspaceConfiguration Configuration);

[GenerateSerializer, Immutable, Alias("ConfigureResult")]
public sealed record ConfigureResult(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version, [property: Id(2)] ImmutableArray<ConfigurationError> Errors);

/// <summary>The API keys of the installation. Key: <c>access</c>.</summary>
public interface IAccessGrain : IGrainWithStringKey
{
    /// <summary>Makes a key; the answer has it in clear text, this once.</summary>
    Task<NewApiKey> Create(Role role, string? workspace, string? agentId, string? name, CommandContext context);

    /// <summary>Makes the first administrator's key where there is no key at all; null otherwise.</summary>
    Task<NewApiKey?> CreateFirst();

    /// <summary>Who has the key of this SHA-256 hash (lower-case hexadecimal); null: nobody.</summary>
    Task<ApiKey?> Find(string hash);

    Task<ImmutableArray<ApiKey>> List();

    /// <summary>False where there is no such key, or it is revoked already.</summary>
    Task<bool> Revoke(string keyId, CommandContext context);
}

[GenerateSerializer, Immutable, Alias("ApiKey")]
public sealed record ApiKey(
    [property: Id(0)] string KeyId, [property: Id(1)] Role Role, [property: Id(2)] string? Workspace, [property: Id(3)] string? AgentId, [property: Id(4)] string? Name);

[GenerateSerializer, Immutable, Alias("NewApiKey")]
public sealed record NewApiKey([property: Id(0)] string Secret, [property: Id(1)] ApiKey Key);
