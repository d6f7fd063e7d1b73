using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Tests.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Reports;

/// <summary>One case and some agents whose commands are carried out at seconds after noon, and the reports that come of it.</summary>
internal sealed class Center
{
    private readonly Dictionary<string, AgentState> _agents = [];
    private CaseState _case = CaseState.None;

    public Center(int serviceLevelSeconds = 20) => Fold.Configured(new WorkspaceConfiguration
    {
        Queues = [new QueueSettings { Name = "support", Targets = new TargetSettings { ServiceLevelSeconds = serviceLevelSeconds } }],
    });

    public ReportFold Fold { get; } = new();

    public static long At(int seconds) => Noon.AddSeconds(seconds).ToUnixTimeMilliseconds();

    public static ImmutableArray<ReportSpan> Day(string zone = "UTC", int day = 2, TimeSpan? length = null)
    {
        Assert.True(ReportPeriod.TryZone(zone, out var found));
        return ReportPeriod.Cut(found, new DateOnly(2026, 3, day), new DateOnly(2026, 3, day), length);
    }

    public Center Do(int seconds, params ReadOnlySpan<CaseCommand> commands)
    {
        foreach (var command in commands)
        {
            var at = Noon.AddSeconds(seconds);
            var moved = command is CaseCommand.Receive c ? c with { Opening = c.Opening with { At = at }, Message = c.Message with { At = at } } : command;
            var decision = CaseDecisions.Decide(_case, moved with { At = at });
            Assert.Null(decision.Refusal);
            foreach (var happened in decision.Events)
            {
                Fold.OfCase("c1", happened);
                _case = CaseFold.Evolve(_case, happened);
            }
        }
        return this;
    }

    public Center Do(int seconds, string agent, params ReadOnlySpan<AgentCommand> commands)
    {
        foreach (var command in commands)
        {
            var state = _agents.GetValueOrDefault(agent, AgentState.None);
            var decision = AgentDecisions.Decide(state, command with { At = Noon.AddSeconds(seconds) });
            Assert.Null(decision.Refusal);
            foreach (var happened in decision.Events) Fold.OfAgent(agent, happened);
            _agents[agent] = AgentFold.Evolve(state, decision.Events);
        }
        return this;
    }

    public QueueInterval? Queue(string queue = "support", int now = 100_000) => Fold.Queues(Day(), At(now)).SingleOrDefault(row => row.Queue == queue);

    public AgentDay? Agent(string agent, int now = 100_000, string zone = "UTC", int day = 2) =>
        Fold.Agents(Day(zone, day), At(now)).SingleOrDefault(row => row.Agent == agent);

    public static AgentCommand.SignIn SignIn(string activity = "available", string session = "desk") =>
        new(session, null, new ActivitySettings { Name = activity, Available = activity == "available" }, new PresenceSettings()) { At = Noon };

    public static AgentCommand.SetActivity Set(string activity) =>
        new(new ActivitySettings { Name = activity, Available = activity == "available" }, ActivityBecause.Chosen) { At = Noon };

    public static AgentCommand.SignOut SignOut(string? session = null, SessionEnd end = SessionEnd.SignedOut) => new(session, end) { At = Noon };
}
