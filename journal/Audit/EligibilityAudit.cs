using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Journal.Audit;

/// <summary>Who may be asked, and who may have a case, by the configuration. One that was replaced within the tolerance still excuses:
/// not everybody had heard of the new one.</summary>
internal sealed class EligibilityAudit(Func<DateTimeOffset, TimeSpan> tolerance)
{
    private readonly Queue<(CompiledConfiguration Configuration, DateTimeOffset ReplacedAt)> _former = new();
    private CompiledConfiguration? _configuration;

    public void Configured(CompiledConfiguration configuration, DateTimeOffset at)
    {
        if (_configuration is not null) _former.Enqueue((_configuration, at));
        _configuration = configuration;
    }

    /// <summary>Why an agent cannot be asked, or accept; null if they can.</summary>
    public string? Unfit(CaseState state, string agentId, int units, DateTimeOffset at) => Always(at, configuration =>
    {
        if (configuration.Agent(agentId) is not { } profile) return "they are not in the configuration";
        if (!Eligibility.MayAnswerFrom(profile, state.Account)) return NoPermission(state);
        if (configuration.Queue(state.Queue) is not { } queue) return null;
        var relaxed = Stages.Relax(queue, state.Needs, Stages.At(queue, state.QueuedAt, at));
        return Eligibility.Static(profile, [queue.Name, .. relaxed.AddedQueues, .. configuration.Overflows(queue.Name)], state.Channel, units, state.Account, relaxed.Needs)?.ToString();
    });

    /// <summary>Why an agent cannot be given a case by a person; null if they can.</summary>
    public string? NotPermitted(CaseState state, string agentId, DateTimeOffset at) => Always(at, configuration =>
        configuration.Agent(agentId) is { } profile && !Eligibility.MayAnswerFrom(profile, state.Account) ? NoPermission(state) : null);

    /// <summary>Why a case may not be offered to one more agent; null if it may.</summary>
    public string? TooManyAsked(CaseState state, DateTimeOffset at) => Always(at, configuration =>
        configuration.Queue(state.Queue) is { } queue && state.Offers.Length >= queue.OffersAtOnce ? $"queue {queue.Name} asks {queue.OffersAtOnce} at once" : null);

    /// <summary>Whether an agent who is gone may keep the case: only where its queue lets it stay with somebody who can come back.</summary>
    public bool MayKeep(CaseState state, string agentId, DateTimeOffset at) => Always(at, configuration =>
    {
        var queue = configuration.Queue(state.Queue) ?? configuration.Queue(configuration.Settings.DefaultQueue ?? "");
        return queue?.AgentLost == AgentLostPolicy.Stay && configuration.Agent(agentId) is not null ? null : "";
    }) is null;

    private static string NoPermission(CaseState state) => $"they have no permission for account {state.Account}";

    private string? Always(DateTimeOffset at, Func<CompiledConfiguration, string?> wrong)
    {
        if (_configuration is null || wrong(_configuration) is not { } found) return null;
        while (_former.TryPeek(out var former) && former.ReplacedAt + tolerance(at) < at) _former.Dequeue();
        return _former.All(former => wrong(former.Configuration) is not null) ? found : null;
    }
}
