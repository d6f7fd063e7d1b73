using System.Collections.Immutable;
using System.Globalization;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Replay;

/// <summary>The recorded center as a workspace: its types are queues, its agents serve the types they were seen to serve.</summary>
internal static class ReplayCenter
{
    public const string Channel = "phone";
    public const string Account = "bank";
    public const string Available = "available";
    public const string WrapUp = "wrap-up";
    public const string Leaving = "leaving";

    public static WorkspaceConfiguration Configuration(ReplayPlan plan)
    {
        var types = plan.Types.Union(plan.Agents.SelectMany(agent => agent.Skills)).Order(StringComparer.Ordinal).ToImmutableArray();
        return new WorkspaceConfiguration
        {
            Channels = [new ChannelSettings { Name = Channel }],
            Accounts = [new AccountSettings { Id = Account, Channel = Channel }],
            Activities =
            [
                new ActivitySettings { Name = Available, Available = true },
                new ActivitySettings { Name = WrapUp },
                new ActivitySettings { Name = Leaving },
                new ActivitySettings { Name = "unavailable" },
            ],
            // Nobody lets a call ring, and who runs over at the end of a shift finishes the call.
            Queues = [.. types.Select(type => new QueueSettings
            {
                Name = type, Strategy = RoutingStrategy.LongestIdle, AutoAssign = true, AgentLost = AgentLostPolicy.Stay, ReopenSeconds = 0,
            })],
            DefaultQueue = types[0],
            Rules = [.. types.SelectMany(type => Rules(type, [.. plan.Calls.Select(call => call.Credit).Where(credit => credit > TimeSpan.Zero).Distinct()]))],
            Agents = [.. plan.Agents.Select(agent => new AgentSettings { Id = agent.Name, Queues = [.. agent.Skills] })],
            Presence = new PresenceSettings { DisconnectAfterSeconds = 0, IdleTimeoutSeconds = 0, AbsoluteTimeoutSeconds = 0 },
        };
    }

    /// <summary>The call as a message: every caller is a customer of their own, so that no two calls become one case.</summary>
    public static IncomingMessage Message(PlannedCall call) => new()
    {
        MessageId = call.Id,
        Channel = Channel,
        Account = Account,
        Author = call.Id,
        Text = "",
        Attributes = ImmutableDictionary.CreateRange<string, string>([new("type", call.Type), new("credit", Seconds(call.Credit))]),
    };

    private static IEnumerable<RuleSettings> Rules(string type, IReadOnlyList<TimeSpan> credits)
    {
        var ofType = new ConditionSettings { Attribute = "attributes.type", Values = [type] };
        foreach (var credit in credits)
        {
            var withCredit = new ConditionSettings { Attribute = "attributes.credit", Values = [Seconds(credit)] };
            yield return new RuleSettings { Name = $"{type} with {Seconds(credit)} s of credit", When = [ofType, withCredit], Queue = type, CreditSeconds = (int)credit.TotalSeconds };
        }
        yield return new RuleSettings { Name = type, When = [ofType], Queue = type };
    }

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
