namespace RoutingGrid.Routing.Access;

/// <summary>What the bearer of an API key may do.</summary>
public enum Role { Administrator, Supervisor, Agent, Integrator }

/// <summary>An API key was made. The key itself is shown once and never stored.</summary>
public sealed record ApiKeyCreated : DomainEvent
{
    public required string KeyId { get; init; }
    /// <summary>SHA-256 of the whole key, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
    public required Role Role { get; init; }

    /// <summary>The only workspace it opens; null: all.</summary>
    public string? Workspace { get; init; }

    /// <summary>The agent for whom an agent's key speaks.</summary>
    public string? AgentId { get; init; }
    public string? Name { get; init; }
}

public sealed record ApiKeyRevoked : DomainEvent
{
    public required string KeyId { get; init; }
}
