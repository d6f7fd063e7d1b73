using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Calendars;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>
/// What the matcher means, without any cleverness: while some case has an agent who can take it, the first such case in order goes to
/// its best agent. Every question is answered by looking at everything; nothing is kept but what was said.
/// </summary>
internal sealed class ReferenceMatcher(WorkspaceConfiguration configuration)
{
    public sealed record Pending(string CaseId, string AgentId, string Channel, int Units, DateTimeOffset At);

    private WorkspaceConfiguration _configuration = configuration;
    private Dictionary<string, BusinessHours> _calendars = Compile(configuration);

    public Dictionary<string, WaitingCase> Cases { get; } = [];
    public Dictionary<string, AgentView> Agents { get; } = [];
    public List<Pending> Proposals { get; } = [];

    public void Put(WaitingCase waiting)
    {
        if (!Cases.TryGetValue(waiting.CaseId, out var known) || waiting.Version >= known.Version) Cases[waiting.CaseId] = waiting;
    }

    public void Put(AgentView view)
    {
        if (!Agents.TryGetValue(view.AgentId, out var known) || view.Version >= known.Version) Agents[view.AgentId] = view;
    }

    public void ProposalEnded(string caseId, string agentId) => Proposals.RemoveAll(p => p.CaseId == caseId && p.AgentId == agentId);

    public void Reconfigure(WorkspaceConfiguration configuration)
    {
        foreach (var agent in Agents.Values.ToList())
        {
            if (configuration.Agents.FirstOrDefault(a => a.Id == agent.AgentId) is { } profile) Agents[agent.AgentId] = agent with { Profile = profile };
            else if (_configuration.Agents.Any(a => a.Id == agent.AgentId)) Agents.Remove(agent.AgentId);
        }
        _configuration = configuration;
        _calendars = Compile(configuration);
    }

    /// <summary>Everything that can be decided now: case, agent, and how many agents could have taken it.</summary>
    public List<(string CaseId, string AgentId, int Stage, int Eligible)> Match(DateTimeOffset now)
    {
        var decided = new List<(string, string, int, int)>();
        while (true)
        {
            var next = InOrder(now).Select(c => (Case: c, Agents: Agents.Values.Where(a => CanTake(c, a, now)).ToList())).FirstOrDefault(x => x.Agents.Count > 0);
            if (next.Case is null) return decided;
            var agent = Best(next.Case, next.Agents, now);
            decided.Add((next.Case.CaseId, agent.AgentId, StageOf(next.Case, now), next.Agents.Count));
            Proposals.Add(new Pending(next.Case.CaseId, agent.AgentId, next.Case.Channel, UnitsOf(next.Case), now));
        }
    }

    public IEnumerable<WaitingCase> InOrder(DateTimeOffset now) => Cases.Values
        .OrderByDescending(c => Priority(c, now)).ThenBy(c => c.VirtualStart).ThenBy(c => c.CaseId, StringComparer.Ordinal);

    /// <summary>Points times sixty, exactly.</summary>
    public decimal Priority(WaitingCase c, DateTimeOffset now) =>
        60 * (c.Class + (decimal)c.Boost) + (decimal)QueueOf(c.Queue).AgeingPerMinute * (now.ToUnixTimeSeconds() - c.VirtualStart.ToUnixTimeSeconds());

    public bool CanTake(WaitingCase c, AgentView a, DateTimeOffset now) =>
        a.TakesWork && CouldServe(c, a, now) && HasRoom(c, a) && WantsMore(c) && !IsAsked(c, a.AgentId)
        && (!HasDeclined(c, a, now) || !AnybodyElse(c, now))
        && (WaitsFor(c, now) is not { } preferred || preferred == a.AgentId);

    /// <summary>Everything but presence, load, declines and offers.</summary>
    public bool CouldServe(WaitingCase c, AgentView a, DateTimeOffset now)
    {
        var (profile, reached) = (a.Profile, QueueOf(c.Queue).Stages.Take(StageOf(c, now)).ToList());
        if (!profile.Queues.Any(AskedQueues(c, now).Contains)) return false;
        foreach (var (skill, needed) in c.Needs.Skills.Select(s => (s.Skill, s.Level)))
        {
            if (reached.Any(s => s.DropSkills.Contains(skill))) continue;
            var level = reached.Select(s => s.LowerSkills.GetValueOrDefault(skill, needed)).Append(needed).Min();
            if (level > 0 && profile.Skills.GetValueOrDefault(skill) < level) return false;
        }
        if (c.Needs.Language is { } language && !reached.Any(s => s.DropLanguage)
            && !profile.Languages.IsEmpty && !profile.Languages.Contains(language)) return false;
        if (!profile.Accounts.IsEmpty && !profile.Accounts.Contains(c.Account)) return false;
        return profile.Capacity >= UnitsOf(c) && (profile.Channels.IsEmpty || profile.Channels.GetValueOrDefault(c.Channel) >= 1);
    }

    public int UnitsOf(WaitingCase c) => _configuration.Channels.FirstOrDefault(ch => ch.Name == c.Channel)?.Units ?? 1;

    public int UsedUnits(AgentView a) => a.Load.Units + Proposals.Where(p => p.AgentId == a.AgentId).Sum(p => p.Units);

    public int CasesOf(AgentView a, string channel) => a.Load.Of(channel) + Proposals.Count(p => p.AgentId == a.AgentId && p.Channel == channel);

    public bool IsAsked(WaitingCase c, string agentId) =>
        c.Asked.Contains(agentId) || Proposals.Any(p => p.CaseId == c.CaseId && p.AgentId == agentId);

    public bool WantsMore(WaitingCase c) =>
        c.Asked.Union(Proposals.Where(p => p.CaseId == c.CaseId).Select(p => p.AgentId)).Count() < Math.Max(1, QueueOf(c.Queue).OffersAtOnce);

    public bool HasRoom(WaitingCase c, AgentView a) =>
        UsedUnits(a) + UnitsOf(c) <= a.Profile.Capacity
        && (a.Profile.Channels.IsEmpty || CasesOf(a, c.Channel) < a.Profile.Channels.GetValueOrDefault(c.Channel));

    public bool HasDeclined(WaitingCase c, AgentView a, DateTimeOffset now) =>
        c.Declines.Any(d => d.AgentId == a.AgentId && d.Until > now && d.Epoch == a.AvailabilityEpoch);

    public bool AnybodyElse(WaitingCase c, DateTimeOffset now) =>
        Agents.Values.Any(a => a.TakesWork && CouldServe(c, a, now) && !HasDeclined(c, a, now));

    public string? WaitsFor(WaitingCase c, DateTimeOffset now)
    {
        var until = c.PreferredUntil ?? c.QueuedAt.AddSeconds(QueueOf(c.Queue).PreferredPatienceSeconds);
        if (c.PreferredAgent is not { } id || now >= until || !Agents.TryGetValue(id, out var agent)) return null;
        return agent.Presence != Presence.Offline && CouldServe(c, agent, now) && !HasDeclined(c, agent, now) ? id : null;
    }

    public bool Open(string queue, DateTimeOffset now) =>
        QueueOf(queue).Calendar is not { } name || _calendars[name].IsOpen(now);

    public ImmutableArray<string> AskedQueues(WaitingCase c, DateTimeOffset now)
    {
        var queue = QueueOf(c.Queue);
        if (Open(c.Queue, now))
            return [c.Queue, .. queue.Stages.Take(StageOf(c, now)).SelectMany(s => s.AddQueues).Where(q => Open(q, now))];
        while (!Open(queue.Name, now))
        {
            if (queue.OutsideHours != OutsideHours.Overflow) return [];
            queue = QueueOf(queue.OverflowQueue!);
        }
        return [queue.Name];
    }

    private static Dictionary<string, BusinessHours> Compile(WorkspaceConfiguration configuration) =>
        configuration.Calendars.ToDictionary(c => c.Name, BusinessHours.Compile);

    private int StageOf(WaitingCase c, DateTimeOffset now) => QueueOf(c.Queue).Stages.Count(s => now - c.QueuedAt >= TimeSpan.FromSeconds(s.AfterSeconds));

    private QueueSettings QueueOf(string name) => _configuration.Queues.FirstOrDefault(q => q.Name == name) ?? new QueueSettings { Name = name };

    private AgentView Best(WaitingCase c, List<AgentView> agents, DateTimeOffset now)
    {
        if ((c.PreferredUntil is null || c.PreferredUntil > now) && agents.FirstOrDefault(a => a.AgentId == c.PreferredAgent) is { } preferred) return preferred;
        var ordered = QueueOf(c.Queue).Strategy switch
        {
            RoutingStrategy.LeastLoaded => agents.OrderBy(Load).ThenBy(Idle).ThenByDescending(Skill),
            RoutingStrategy.LongestIdle => agents.OrderBy(Idle).ThenBy(Load).ThenByDescending(Skill),
            _ => agents.OrderByDescending(Skill).ThenBy(Load).ThenBy(Idle),
        };
        return ordered.ThenBy(a => a.AgentId, StringComparer.Ordinal).First();

        decimal Load(AgentView a) => (decimal)UsedUnits(a) / a.Profile.Capacity;
        DateTimeOffset Idle(AgentView a) => Proposals.Where(p => p.AgentId == a.AgentId).Select(p => p.At).Append(a.IdleSince).Max();
        int Skill(AgentView a)
        {
            var reached = QueueOf(c.Queue).Stages.Take(StageOf(c, now)).ToList();
            return c.Needs.Skills.Where(s => !reached.Any(r => r.DropSkills.Contains(s.Skill)) && reached.All(r => r.LowerSkills.GetValueOrDefault(s.Skill, 1) > 0))
                .Sum(s => a.Profile.Skills.GetValueOrDefault(s.Skill));
        }
    }
}
