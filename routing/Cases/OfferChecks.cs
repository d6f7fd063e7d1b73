using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Cases;

/// <summary>Whether an agent, by what they are and may do, can have a case: asked again before every write, because what the
/// router knew may have changed. What they do now and what they hold is the agent's own to say.</summary>
internal static class OfferChecks
{
    /// <summary>The first reason why not; null if they can.</summary>
    public static Refusal? Eligible(CaseState state, AgentSettings agent, int units, QueueSettings queue, ImmutableArray<string> overflows, DateTimeOffset at)
    {
        var relaxed = Stages.Relax(queue, state.Needs, Stages.At(queue, state.QueuedAt, at));
        ImmutableArray<string> queues = [queue.Name, .. relaxed.AddedQueues, .. overflows];
        return Eligibility.Static(agent, queues, state.Channel, units, state.Account, relaxed.Needs) is { } why
            ? new Refusal(CodeOf(why), $"{agent.Id} cannot have this case: {why}.")
            : null;
    }

    private static RefusalCode CodeOf(WhyNot why) => why switch
    {
        WhyNot.NotInQueue or WhyNot.ChannelNotServed => RefusalCode.NotInQueue,
        WhyNot.AccountNotPermitted => RefusalCode.AccountNotPermitted,
        _ => RefusalCode.SkillMissing,
    };
}
