namespace RoutingGrid.Journal.Postgres.Leadership;

/// <summary>For how long a server is active without saying so again.</summary>
/// <remarks>
/// The lease runs on the database's clock, from when the renewal arrives there. Its holder counts on its own monotonic clock from before the
/// renewal was sent, and stops acting <see cref="Margin"/> earlier: so it has stopped when another server may start, unless it is
/// paused in between. That the epoch is checked in every write is what makes it certain.
/// </remarks>
internal sealed record Lease
{
    internal TimeSpan Length { get; init; } = TimeSpan.FromSeconds(4);

    internal TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(1);

    internal TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);
}
