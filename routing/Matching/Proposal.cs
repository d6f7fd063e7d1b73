namespace RoutingGrid.Routing.Matching;

/// <summary>The matcher's decision: this case to this agent. Both may still refuse.</summary>
/// <param name="CaseVersion">The version of the case that was seen.</param>
/// <param name="AgentVersion">The version of the agent that was seen.</param>
/// <param name="Units">Units of the agent's capacity that the case takes.</param>
/// <param name="Stage">How far the case's requirements had relaxed; 0: not at all.</param>
/// <param name="Reason">Why this agent; its text is made when asked for.</param>
public readonly record struct Proposal(
    string CaseId, long CaseVersion, string AgentId, long AgentVersion, int Units, int Stage, ChoiceReason Reason);

/// <summary>What decided between the eligible agents.</summary>
public enum ChoiceKind { Preferred, LeastLoaded, LongestIdle, BestSkill }

/// <summary>Why an agent was chosen, in numbers; <see cref="ToString"/> says it in one phrase.</summary>
/// <param name="Used">Units in use before this case, offers and earlier proposals counted.</param>
/// <param name="Capacity">The agent's units in total.</param>
/// <param name="Eligible">How many agents could have taken the case at that moment.</param>
/// <param name="SkillSum">The sum of the agent's levels in the required skills.</param>
/// <param name="Idle">How long the agent had been idle.</param>
public readonly record struct ChoiceReason(ChoiceKind Kind, int Used, int Capacity, int Eligible, int SkillSum, TimeSpan Idle)
{
    public override string ToString()
    {
        var what = Kind switch
        {
            ChoiceKind.Preferred => "preferred agent",
            ChoiceKind.LeastLoaded => $"least loaded ({Used} of {Capacity} units)",
            ChoiceKind.LongestIdle => $"longest idle ({Math.Max(0, (long)Idle.TotalSeconds)} s)",
            _ => $"best skill (levels add up to {SkillSum})",
        };
        return Eligible == 1 ? $"{what}, the only one eligible" : $"{what} of {Eligible} eligible";
    }
}
