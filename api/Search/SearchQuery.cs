using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Search;

/// <summary>The filters of a search, as they stand in the query. All that are given must hold; an empty one is not given.</summary>
internal sealed record SearchQuery(
    [property: Description("Words, \"phrases\", -without and begin*; in messages, answers and notes, without case and accents.")] string? Text = null,
    [property: Description("Beginnings of words of the author's handle or name.")] string? User = null,
    string? Channel = null, string? Account = null,
    [property: Description("Who ever held it or answered it.")] string? Agent = null,
    [property: Description("The customer's id.")] string? Customer = null,
    [property: Description("The profile's attribute customerNumber.")] string? CustomerNumber = null,
    [property: Description("The queue it is or was last in.")] string? Queue = null,
    [property: Description("queued, offered, assigned, waiting, escalated or closed; or as people see it: new, pending, escalated or closed.")] string? State = null,
    [property: Description("neutral, positive or negative.")] string? Rating = null,
    string? Reason = null,
    [property: Description("Created at this time or later.")] string? From = null,
    [property: Description("Created before this time.")] string? To = null,
    [property: Description("Closed at this time or later.")] string? ClosedFrom = null,
    [property: Description("Closed before this time.")] string? ClosedTo = null)
{
    private const int LongestText = 500;

    private static readonly Dictionary<string, CaseStatus> Statuses = Named(Enum.GetValues<CaseStatus>().Where(status => status != CaseStatus.None));
    private static readonly Dictionary<string, ShownStatus> ShownStatuses = Named(Enum.GetValues<ShownStatus>());
    private static readonly Dictionary<string, Rating> Ratings = Named(Enum.GetValues<Rating>());

    /// <summary>What to look for; or why not.</summary>
    public (CaseSearch Search, Problem? Problem) Read(Caller caller)
    {
        var checks = new Checks();
        var search = new CaseSearch
        {
            Text = Short(checks, "text", Text), User = Short(checks, "user", User),
            Channel = Id(checks, "channel", Channel), Account = Id(checks, "account", Account), Agent = Id(checks, "agent", Agent), LastHolder = caller.AgentId,
            Customer = Id(checks, "customer", Customer), CustomerNumber = Id(checks, "customerNumber", CustomerNumber),
            Queue = Id(checks, "queue", Queue), Reason = Short(checks, "reason", Reason),
            Rating = Given(Rating) is null ? null : OneOf(checks, "rating", Rating!, Ratings),
            From = Time(checks, "from", From), To = Time(checks, "to", To),
            ClosedFrom = Time(checks, "closedFrom", ClosedFrom), ClosedTo = Time(checks, "closedTo", ClosedTo),
        };
        Ordered(checks, "to", search.From, search.To);
        Ordered(checks, "closedTo", search.ClosedFrom, search.ClosedTo);
        if (Given(State) is { } state)
        {
            // Escalated and closed are the same in both.
            if (Statuses.TryGetValue(state, out var status)) search = search with { Status = status };
            else if (ShownStatuses.TryGetValue(state, out var shown)) search = search with { Shown = shown };
            else checks.Fail("state", "unexpected", $"must be one of {string.Join(", ", Statuses.Keys.Union(ShownStatuses.Keys))}.");
        }
        if (checks.Problem is { } problem) return (search, problem);
        return caller.AgentId is { } own && search.Agent is not null && search.Agent != own
            ? (search, new Problem(ProblemTypes.Forbidden, "An agent's key finds that agent's cases only."))
            : (search, null);
    }

    private static string? Given(string? value) => value is { Length: > 0 } ? value : null;

    private static string? Short(Checks checks, string path, string? value)
    {
        checks.Text(path, Given(value), LongestText);
        return Given(value);
    }

    private static string? Id(Checks checks, string path, string? value)
    {
        checks.Id(path, Given(value));
        return Given(value);
    }

    private static T? OneOf<T>(Checks checks, string path, string value, Dictionary<string, T> known) where T : struct
    {
        if (known.TryGetValue(value, out var found)) return found;
        checks.Fail(path, "unexpected", $"must be one of {string.Join(", ", known.Keys)}.");
        return null;
    }

    private static DateTimeOffset? Time(Checks checks, string path, string? value)
    {
        if (Given(value) is null) return null;
        // In a query a plus that is not escaped is a space.
        if (DateTimeOffset.TryParse(value!.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && char.IsAsciiDigit(value[0]) && value.Length >= 10)
            return time.ToUniversalTime();
        checks.Fail(path, "notATime", "must be a time in ISO 8601, such as 2026-01-31T09:00:00Z, or a date, which is its midnight in UTC.");
        return null;
    }

    private static void Ordered(Checks checks, string path, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from > to) checks.Fail(path, "outOfRange", "must not be before the time at which the range begins.");
    }

    private static Dictionary<string, T> Named<T>(IEnumerable<T> values) where T : struct, Enum =>
        values.ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);
}
