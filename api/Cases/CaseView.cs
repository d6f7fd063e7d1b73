using System.Collections.Immutable;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Cases;

/// <summary>A case on the wire.</summary>
/// <param name="Version">The version that If-Match names.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Shown">What people see of it.</param>
/// <param name="VirtualStart">Where it stands among equals: its first entry into a queue, less any credit.</param>
/// <param name="Holder">The agent who holds it.</param>
/// <param name="Offers">Agents who are being asked.</param>
/// <param name="Units">What it takes of its holder's capacity.</param>
internal sealed record CaseView(
    string Id, long Version, CaseStatus Status, ShownStatus Shown,
    CustomerSummary Customer, string Channel, string Account, string Thread, Surface Surface, ProfileView? Profile, string? Previous,
    string Queue, string? Rule, NeedsView Needs, int Class, double Boost, int Stage, string? PreferredAgent, DateTimeOffset? PreferredUntil,
    DateTimeOffset CreatedAt, DateTimeOffset VirtualStart, DateTimeOffset QueuedAt, DateTimeOffset? AssignedAt, DateTimeOffset? FirstAssignedAt,
    DateTimeOffset? FirstAnsweredAt, DateTimeOffset? ClosedAt, DateTimeOffset? ReopenUntil,
    ImmutableArray<OfferView> Offers, string? Holder, string? LastHolder, int Units, bool Excess,
    WaitingFor? WaitingFor, string? EscalatedTo, Rating? Rating, CloseKind? CloseKind, string? Reason, int Messages, int Answers, string? RoutedBecause,
    DateTimeOffset? FirstAnswerDue, DateTimeOffset? NextAnswerDue, DateTimeOffset? ResolutionDue, DateTimeOffset? WakeAt, DateTimeOffset? FollowUpAt)
{
    /// <summary>Where what was searched for stands; in searches for text only.</summary>
    public Snippet? Snippet { get; init; }

    public static CaseView Of(CaseRow row) => Of(row.CaseId, row.State);

    public static CaseView Of(string id, CaseState s) => new(
        id, s.Version, s.Status, s.Shown,
        new CustomerSummary(s.CustomerId, s.CustomerName), s.Channel, s.Account, s.Thread, s.Surface, ProfileView.Of(s.Profile), s.Previous,
        s.Queue, s.Rule, NeedsView.Of(s.Needs), s.Class, s.Boost, s.Stage, s.PreferredAgent, s.PreferredUntil,
        s.CreatedAt, s.VirtualStart, s.QueuedAt, s.AssignedAt, s.FirstAssignedAt,
        s.FirstAnsweredAt, s.ClosedAt, s.ReopenUntil,
        [.. s.Offers.Select(o => new OfferView(o.OfferId, o.AgentId, o.Units, o.MadeAt, o.ExpiresAt))], s.Holder, s.LastHolder, s.HeldUnits, s.Excess,
        s.WaitingFor, s.EscalatedTo, s.Rating, s.CloseKind, s.Reason, s.Messages, s.Answers, s.RoutedBecause,
        s.FirstAnswerDue, s.NextAnswerDue, s.ResolutionDue, s.WakeAt, s.FollowUpAt);
}

internal sealed record CustomerSummary(string Id, string? Name);

/// <summary>What is known of who wrote.</summary>
internal sealed record ProfileView(string? Language, string? Audience, string? Purpose, int Reach, ImmutableSortedDictionary<string, string> Attributes)
{
    public static ProfileView? Of(CaseProfile? profile) => profile is null
        ? null
        : new(
            profile.Language, profile.Audience, profile.Purpose, profile.Reach,
            profile.Attributes.ToImmutableSortedDictionary(StringComparer.Ordinal));
}

/// <summary>What the case demands of whoever takes it.</summary>
/// <param name="Skills">Skill → minimum level.</param>
internal sealed record NeedsView(ImmutableSortedDictionary<string, int> Skills, string? Language)
{
    public static NeedsView Of(Requirements needs) =>
        new(needs.Skills.ToImmutableSortedDictionary(s => s.Skill, s => s.Level, StringComparer.Ordinal), needs.Language);
}

/// <summary>A live offer.</summary>
internal sealed record OfferView(string Id, string Agent, int Units, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);
