using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>Answers for people. Computed from what was said of cases and agents, not from the matcher's groups, so that it is right
/// between two passes as well, and does not repeat a mistake of theirs.</summary>
internal sealed class Explainer(Pool pool, DateTimeOffset at)
{
    private readonly DateTimeOffset _now = at > pool.Now ? at : pool.Now;

    public Explanation Explain(CaseEntry entry)
    {
        var queue = entry.Kind.Queue;
        var requirements = RequirementsOf(entry);
        var asked = pool.Queues.Asked(queue, requirements.AddedQueues, _now);
        var place = 1 + pool.Cases.All.Count(other => !other.Gone && other.Kind.Queue == queue && !other.AskedEnough && Before(other, entry));
        ImmutableArray<string> shown = asked.IsEmpty ? [queue.Name] : asked;
        return new Explanation(
            entry.Id, queue.Name, place, queue.Waiting, entry.Rule, requirements.Stage, requirements.Needs, asked,
            new PriorityParts(entry.Class, PriorityOrder.Ageing(queue.Rate, entry.VirtualStart, _now.UtcTicks), entry.Boost),
            new DateTimeOffset(entry.VirtualStart, TimeSpan.Zero),
            [.. Agents().Where(a => a.Profile.Queues.Any(shown.Contains))
                .Select(a => new AgentExplanation(a.Id, WhyNot(entry, a.Profile, a.Entry)))]);
    }

    public IReadOnlyList<QueueSnapshot> Snapshot()
    {
        var found = new Dictionary<QueueEntry, (int Asking, long Since)>();
        foreach (var entry in pool.Cases.All)
        {
            if (entry.Gone) continue;
            var (asking, since) = found.GetValueOrDefault(entry.Kind.Queue, (0, long.MaxValue));
            found[entry.Kind.Queue] = (asking + (entry.AskedCount > 0 ? 1 : 0), Math.Min(since, entry.VirtualStart));
        }
        var others = found.Keys.Where(q => !pool.Queues.Configured.Contains(q)).OrderBy(q => q.Name, StringComparer.Ordinal);
        return [.. pool.Queues.Configured.Distinct().Concat(others).Select(queue =>
        {
            var (asking, ticks) = found.GetValueOrDefault(queue, (0, long.MaxValue));
            DateTimeOffset? since = ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
            return new QueueSnapshot(queue.Name, queue.Waiting, asking, since, pool.Queues.IsOpen(queue, _now));
        })];
    }

    /// <summary>The first reason why the agent does not get the case at the next pass.</summary>
    private WhyNot? WhyNot(CaseEntry entry, AgentSettings profile, AgentEntry? agent)
    {
        var kind = entry.Kind;
        var requirements = RequirementsOf(entry);
        var asked = pool.Queues.Asked(kind.Queue, requirements.AddedQueues, _now);
        if (asked.IsEmpty) return new WhyNot.OutsideHours(kind.Queue.Hours?.NextOpening(_now));
        if (agent is null || agent.Gone || agent.View.Presence == Presence.Offline && !agent.TakesWork) return new WhyNot.Offline();
        if (!agent.TakesWork)
            return new WhyNot.NotAvailable(agent.View.Presence == Presence.Disconnected ? "disconnected" : agent.View.Activity);
        if (Eligibility.Static(profile, asked, kind.Channel, kind.Units, kind.Account, requirements.Needs) is { } never) return never;
        if (kind.ChannelIndex < 0) return new WhyNot.ChannelNotServed(kind.Channel);
        if (entry.Asks(agent)) return new WhyNot.AlreadyAsked();
        if (agent.HoldingDecline(entry, _now.UtcTicks) is { } decline && AnybodyElse(entry, asked, requirements))
            return new WhyNot.Declined(decline.Until);
        if (PreferenceOf(entry, asked, requirements) is { } preferred && preferred != agent)
            return new WhyNot.ReservedForPreferred(preferred.Id, new DateTimeOffset(entry.PreferenceEnds, TimeSpan.Zero));
        if (entry.AskedEnough) return new WhyNot.AskedEnough(kind.Queue.OffersAtOnce);
        if (Eligibility.Room(profile, kind.Channel, kind.Units, agent.UnitsInUse(), agent.CasesOf(kind.Channel)) is { } full) return full;
        var others = pool.Cases.All.Count(other => other != entry && !other.Gone && Before(other, entry) && CouldTake(other, agent));
        return others == 0 ? null : new WhyNot.OthersFirst(others);
    }

    /// <summary>Whether the agent could be given the case now.</summary>
    private bool CouldTake(CaseEntry entry, AgentEntry agent)
    {
        var (kind, requirements) = (entry.Kind, RequirementsOf(entry));
        if (entry.AskedEnough || entry.Asks(agent) || kind.ChannelIndex < 0) return false;
        var asked = pool.Queues.Asked(kind.Queue, requirements.AddedQueues, _now);
        if (!Serves(agent, entry, asked, requirements)) return false;
        if (agent.HoldingDecline(entry, _now.UtcTicks) is not null && AnybodyElse(entry, asked, requirements)) return false;
        if (PreferenceOf(entry, asked, requirements) is { } preferred && preferred != agent) return false;
        return Eligibility.Room(agent.View.Profile, kind.Channel, kind.Units, agent.UnitsInUse(), agent.CasesOf(kind.Channel)) is null;
    }

    /// <summary>The agent for whom the case waits within its patience.</summary>
    private AgentEntry? PreferenceOf(CaseEntry entry, ImmutableArray<string> asked, EffectiveRequirements requirements)
    {
        if (entry.PreferredAgent is not { } id || entry.PreferenceEnds <= _now.UtcTicks) return null;
        if (!pool.Agents.TryFind(id, out var agent) || agent.Gone || agent.View.Presence == Presence.Offline) return null;
        return agent.HoldingDecline(entry, _now.UtcTicks) is null && Serves(agent, entry, asked, requirements) ? agent : null;
    }

    private bool AnybodyElse(CaseEntry entry, ImmutableArray<string> asked, EffectiveRequirements requirements) =>
        pool.Agents.All.Any(a => a.TakesWork && a.HoldingDecline(entry, _now.UtcTicks) is null && Serves(a, entry, asked, requirements));

    private static bool Serves(AgentEntry agent, CaseEntry entry, ImmutableArray<string> asked, EffectiveRequirements requirements) =>
        Eligibility.Static(agent.View.Profile, asked, entry.Kind.Channel, entry.Kind.Units, entry.Kind.Account, requirements.Needs) is null;

    private EffectiveRequirements RequirementsOf(CaseEntry entry)
    {
        var queue = entry.Kind.Queue.Settings;
        return Stages.Relax(queue, entry.Kind.Needs, Stages.At(queue, entry.QueuedAt, _now));
    }

    private bool Before(CaseEntry a, CaseEntry b)
    {
        var (left, right) = (Effective(a), Effective(b));
        if (left != right) return left > right;
        return a.VirtualStart != b.VirtualStart ? a.VirtualStart < b.VirtualStart : string.CompareOrdinal(a.Id, b.Id) < 0;
    }

    private long Effective(CaseEntry entry) => PriorityOrder.At(entry.Key, entry.Kind.Queue.Rate, PriorityOrder.Seconds(_now.UtcTicks));

    /// <summary>Configured agents and those heard of, by id.</summary>
    private IEnumerable<(string Id, AgentSettings Profile, AgentEntry? Entry)> Agents()
    {
        var found = new SortedDictionary<string, (AgentSettings Profile, AgentEntry? Entry)>(StringComparer.Ordinal);
        foreach (var settings in pool.Configuration.Agents) found[settings.Id] = (settings, null);
        foreach (var agent in pool.Agents.All)
            if (!agent.Gone) found[agent.Id] = (agent.View.Profile, agent);
        return found.Select(a => (a.Key, a.Value.Profile, a.Value.Entry));
    }
}
