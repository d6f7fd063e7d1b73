using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>One thing that happens in a random world. The numbers are taken modulo whatever there is to choose from.</summary>
internal readonly record struct Step(int What, int A, int B, int C, int D);

/// <summary>A small center in which everything happens at random, told to the matcher and to the reference alike.</summary>
internal sealed class World
{
    private static readonly string[] Skills = ["es", "vip", "tech"];
    private static readonly string[] Languages = ["de", "en"];
    private static readonly string[] Channels = ["chat", "email"];
    private static readonly string[] Accounts = ["brand", "shop"];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 59, 0, TimeSpan.Zero);

    private readonly List<string> _log = [];
    private readonly Dictionary<string, long> _versions = [];
    private WorkspaceConfiguration _configuration;
    private int _cases;

    public World(int seed)
    {
        _configuration = RandomConfiguration(new Random(seed));
        Matcher = new Matcher(_configuration);
        Reference = new ReferenceMatcher(_configuration);
        Now = Start;
    }

    public Matcher Matcher { get; }
    public ReferenceMatcher Reference { get; }
    public DateTimeOffset Now { get; private set; }
    public string Log => string.Join(Environment.NewLine, _log);

    public static WorkspaceConfiguration RandomConfiguration(Random random)
    {
        var names = new[] { "q0", "q1", "q2", "q3" };
        return new WorkspaceConfiguration
        {
            Channels = [new() { Name = "chat", Units = 1 + random.Next(2) }, new() { Name = "email", Units = 1 }],
            Accounts = [.. Accounts.Select(a => new AccountSettings { Id = a, Channel = "chat" })],
            Skills = [.. Skills.Select(s => new SkillSettings { Name = s })],
            Calendars =
            [
                new() { Name = "day", Week = Week("09:00-09:05", "09:10-17:00") },
                new() { Name = "other", Week = Week("08:00-09:02", "09:06-09:20") },
            ],
            Queues = [.. names.Select((name, i) => new QueueSettings
            {
                Name = name,
                Strategy = (RoutingStrategy)random.Next(3),
                OffersAtOnce = random.Next(3) == 0 ? 2 : 1,
                AgeingPerMinute = random.Next(3) switch { 0 => 0, 1 => 0.5, _ => random.Next(1, 40) / 10.0 },
                PreferredPatienceSeconds = random.Next(3) * 45,
                Calendar = random.Next(4) switch { 0 => "day", 1 => "other", _ => null },
                OutsideHours = i > 0 && random.Next(2) == 0 ? OutsideHours.Overflow : OutsideHours.Wait,
                OverflowQueue = i > 0 ? names[random.Next(i)] : null,
                Stages = [.. Enumerable.Range(1, random.Next(4)).Select(n => new StageSettings
                {
                    AfterSeconds = n * 60,
                    DropSkills = random.Next(2) == 0 ? [Skills[random.Next(3)]] : [],
                    LowerSkills = random.Next(2) == 0 ? ImmutableDictionary<string, int>.Empty.Add(Skills[random.Next(3)], random.Next(3)) : ImmutableDictionary<string, int>.Empty,
                    DropLanguage = random.Next(3) == 0,
                    AddQueues = random.Next(2) == 0 ? [names[random.Next(4)]] : [],
                })],
            })],
            // Few profiles for many agents, so that groups of agents have several.
            Agents = [.. Enumerable.Repeat(Enumerable.Range(0, 3).Select(_ => RandomProfile("", random)).ToArray(), 2)
                .SelectMany(p => p).Take(5).Select((p, i) => p with { Id = $"a{i}" })],
        };

        static ImmutableDictionary<string, ImmutableArray<string>> Week(params ImmutableArray<string> times) =>
            ImmutableDictionary.CreateRange(new[] { "monday", "tuesday" }.Select(d => KeyValuePair.Create(d, times)));
    }

    private static AgentSettings RandomProfile(string id, Random random) => new()
    {
        Id = id,
        Queues = [.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(i => $"q{i}")],
        Skills = Skills.Where(_ => random.Next(3) > 0).ToImmutableDictionary(s => s, _ => random.Next(1, 4)),
        Languages = random.Next(2) == 0 ? [] : [Languages[random.Next(2)]],
        Accounts = random.Next(3) > 0 ? [] : [Accounts[random.Next(2)]],
        Channels = random.Next(2) == 0 ? ImmutableDictionary<string, int>.Empty
            : Channels.Where(_ => random.Next(3) > 0).ToImmutableDictionary(c => c, _ => random.Next(3)),
        Capacity = random.Next(1, 5),
    };

    /// <summary>Does one thing; returns whether a match should follow.</summary>
    public bool Do(Step step)
    {
        switch (step.What % 20)
        {
            case 0 or 1 or 2 or 3: PutCase($"c{_cases++}", step); break;
            case 4: if (AnyCase(step.A) is { } again) PutCase(again, step); break;
            case 5: if (AnyCase(step.A) is { } gone) RemoveCase(gone); break;
            case 6 or 7 or 8: PutAgent($"a{step.A % 7}", step); break;
            case 9: if (step.B % 3 == 0) RemoveAgent($"a{step.A % 7}"); break;
            case 10 or 11 or 12 or 13: if (Reference.Proposals.Count > 0) End(Reference.Proposals[step.A % Reference.Proposals.Count], step); break;
            case 14: Advance(step.A % 20); break;
            case 15: Advance(step.A % 200); break;
            case 16: AdvanceToNextChange(); break;
            case 17: if (step.A % 5 == 0) Reconfigure(step.B); break;
            case 18 when step.C % 8 == 0: RepeatOldNews(step); break;
            case 18: FreeAgent($"a{step.A % 7}", step); break;
            default: return true;
        }
        return step.D % 3 == 0;
    }

    /// <summary>Matches on both sides, and returns what each decided.</summary>
    public (List<Proposal> Fast, List<(string CaseId, string AgentId, int Stage, int Eligible)> Slow) Match()
    {
        var fast = new List<Proposal>();
        Matcher.Match(Now, fast);
        var slow = Reference.Match(Now);
        _log.Add($"{Now:HH:mm:ss} match: {string.Join(", ", slow.Select(p => $"{p.CaseId}→{p.AgentId}"))}");
        return (fast, slow);
    }

    private void PutCase(string id, Step step)
    {
        var random = new Random(step.A * 7919 + step.B * 31 + step.C);
        var known = Reference.Cases.GetValueOrDefault(id);
        var queuedAt = known?.QueuedAt ?? Now.AddSeconds(-random.Next(3) * 30);
        var put = new WaitingCase
        {
            CaseId = id,
            Version = Next(id),
            Queue = $"q{random.Next(4)}",
            Channel = Channels[random.Next(2)],
            Account = Accounts[random.Next(2)],
            Needs = new Requirements(
                [.. Skills.Order(StringComparer.Ordinal).Where(_ => random.Next(4) == 0).Select(s => new SkillLevel(s, random.Next(1, 4)))],
                random.Next(4) == 0 ? Languages[random.Next(2)] : null),
            Class = random.Next(4),
            Boost = random.Next(3) * 0.25,
            VirtualStart = known?.VirtualStart ?? queuedAt.AddSeconds(-random.Next(4) * 15).AddMilliseconds(random.Next(3) * 400),
            QueuedAt = queuedAt,
            PreferredAgent = random.Next(3) == 0 ? $"a{random.Next(7)}" : null,
            PreferredUntil = random.Next(2) == 0 ? Now.AddSeconds(random.Next(100)) : null,
            Declines = RandomDeclines(random),
            Asked = known is null || random.Next(2) == 0 ? [] : known.Asked,
        };
        Tell(put);
    }

    private ImmutableArray<Decline> RandomDeclines(Random random) => random.Next(2) == 0 ? [] :
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"a{random.Next(7)}").Select(a =>
            new Decline(a, Now.AddSeconds(random.Next(120) - 20), Reference.Agents.GetValueOrDefault(a)?.AvailabilityEpoch ?? 0)),
    ];

    private void PutAgent(string id, Step step)
    {
        var known = Reference.Agents.GetValueOrDefault(id);
        var random = new Random(step.A * 7919 + step.B * 31 + step.C);
        var profile = known?.Profile ?? _configuration.Agents.FirstOrDefault(a => a.Id == id) ?? RandomProfile(id, random);
        if (random.Next(10) == 0) profile = RandomProfile(id, random);
        var takes = random.Next(4) > 0;
        Tell(new AgentView
        {
            AgentId = id,
            Version = Next(id),
            Profile = profile,
            TakesWork = takes,
            Activity = takes ? "available" : "break",
            Presence = takes ? Presence.Connected : (Presence)random.Next(3),
            AvailabilityEpoch = (known?.AvailabilityEpoch ?? 0) + (takes && known is { TakesWork: false } ? 1 : 0),
            IdleSince = Now.AddSeconds(-random.Next(4) * 10),
            Load = known?.Load ?? AgentLoad.None,
        });
    }

    /// <summary>A message that was overtaken by a newer one.</summary>
    private void RepeatOldNews(Step step)
    {
        if (AnyCase(step.A) is { } id) Tell(Reference.Cases[id] with { Version = Reference.Cases[id].Version - 1, Class = 9 });
        if (Reference.Agents.GetValueOrDefault($"a{step.B % 7}") is { } agent) Tell(agent with { Version = agent.Version - 1, TakesWork = !agent.TakesWork });
    }

    /// <summary>The agent finished one of their cases.</summary>
    private void FreeAgent(string id, Step step)
    {
        if (Reference.Agents.GetValueOrDefault(id) is not { } agent || agent.Load.Cases is []) return;
        var channel = agent.Load.Cases[step.B % agent.Load.Cases.Length].Channel;
        Tell(agent with { IdleSince = Now, Load = With(agent.Load, channel, -1) });
    }

    /// <summary>The agent answers a proposal: accepts it, is offered it, declines it; or the proposal is lost.</summary>
    private void End(ReferenceMatcher.Pending proposal, Step step)
    {
        var waiting = Reference.Cases.GetValueOrDefault(proposal.CaseId);
        var agent = Reference.Agents.GetValueOrDefault(proposal.AgentId);
        // The answer and the news may come in either order, and the answer much later.
        var (early, late) = (step.C % 3 == 0, step.C % 3 == 1);
        if (early) Ended();
        if (waiting is not null && agent is not null && step.B % 4 != 3 && !waiting.Asked.Contains(agent.AgentId))
        {
            if (step.B % 4 == 2)
            {
                Tell(waiting with { Version = Next(waiting.CaseId), Asked = waiting.Asked.Remove(agent.AgentId),
                    Declines = waiting.Declines.Add(new Decline(agent.AgentId, Now.AddSeconds(step.D % 100), agent.AvailabilityEpoch)) });
            }
            else
            {
                Tell(agent with { IdleSince = Now, Load = With(agent.Load, proposal.Channel, +1) });
                if (step.B % 4 == 0) RemoveCase(waiting.CaseId);
                else Tell(waiting with { Version = Next(waiting.CaseId), Asked = waiting.Asked.Add(agent.AgentId) });
            }
        }
        if (late) Ended();

        void Ended()
        {
            _log.Add($"{Now:HH:mm:ss} proposal of {proposal.CaseId} to {proposal.AgentId} ended");
            Matcher.ProposalEnded(proposal.CaseId, proposal.AgentId);
            Reference.ProposalEnded(proposal.CaseId, proposal.AgentId);
        }
    }

    private AgentLoad With(AgentLoad load, string channel, int cases)
    {
        var units = _configuration.Channels.First(c => c.Name == channel).Units;
        var count = load.Of(channel) + cases;
        var others = load.Cases.RemoveAll(c => c.Channel == channel);
        return new AgentLoad(Math.Max(0, load.Units + cases * units), count <= 0 ? others : others.Add(new ChannelLoad(channel, count)));
    }

    private void Tell(WaitingCase waiting)
    {
        _log.Add($"{Now:HH:mm:ss} {waiting} declines [{string.Join(", ", waiting.Declines)}] asked [{string.Join(", ", waiting.Asked)}]");
        Matcher.Put(waiting);
        Reference.Put(waiting);
    }

    private void Tell(AgentView view)
    {
        _log.Add($"{Now:HH:mm:ss} {view.AgentId} v{view.Version} takes {view.TakesWork} {view.Presence} epoch {view.AvailabilityEpoch} idle {view.IdleSince:HH:mm:ss} load {view.Load.Units} [{string.Join(", ", view.Load.Cases)}] of {view.Profile.Capacity} queues {string.Join(' ', view.Profile.Queues)}");
        Matcher.Put(view);
        Reference.Put(view);
    }

    private void RemoveCase(string id)
    {
        _log.Add($"{Now:HH:mm:ss} {id} gone");
        Matcher.Remove(id);
        Reference.Cases.Remove(id);
    }

    private void RemoveAgent(string id)
    {
        _log.Add($"{Now:HH:mm:ss} {id} gone");
        Matcher.RemoveAgent(id);
        Reference.Agents.Remove(id);
    }

    private void Advance(int seconds) => Now = Now.AddSeconds(seconds);

    private void AdvanceToNextChange()
    {
        if (Matcher.NextChange(Now) is { } next && next - Now < TimeSpan.FromHours(1)) Now = next;
    }

    private void Reconfigure(int seed)
    {
        _log.Add($"{Now:HH:mm:ss} reconfigured with {seed}");
        _configuration = RandomConfiguration(new Random(seed));
        Matcher.Reconfigure(_configuration);
        Reference.Reconfigure(_configuration);
    }

    private string? AnyCase(int n) => Reference.Cases.Count == 0 ? null : Reference.Cases.Keys.Order(StringComparer.Ordinal).ElementAt(n % Reference.Cases.Count);

    private long Next(string id) => _versions[id] = _versions.GetValueOrDefault(id) + 1;
}
