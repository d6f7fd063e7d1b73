using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>Whether an agent could ever serve a case: everything but presence, load and earlier declines.</summary>
/// <remarks>One function for the matcher, for explanations and for whoever checks again before writing.</remarks>
public static class Eligibility
{
    /// <summary>The first reason why not, or null. <paramref name="queues"/> are those whose agents are asked now.</summary>
    /// <param name="needs">As relaxed by the stage the case has reached.</param>
    /// <param name="units">What one case of the channel weighs.</param>
    public static WhyNot? Static(
        AgentSettings agent, ImmutableArray<string> queues, string channel, int units, string account, Requirements needs)
    {
        if (!ServesAny(agent, queues)) return new WhyNot.NotInQueue(queues.IsEmpty ? "" : queues[0]);
        foreach (var skill in needs.Skills)
            if (!agent.Skills.TryGetValue(skill.Skill, out var level) || level < skill.Level)
                return new WhyNot.MissingSkill(skill.Skill, skill.Level);
        if (needs.Language is { } language && !Speaks(agent, language)) return new WhyNot.LanguageNotSpoken(language);
        if (!MayAnswerFrom(agent, account)) return new WhyNot.AccountNotPermitted(account);
        return Limit(agent, channel) < 1 || agent.Capacity < units ? new WhyNot.ChannelNotServed(channel) : null;
    }

    /// <summary>Whether the agent may answer from the account. An agent without a list may from all.</summary>
    public static bool MayAnswerFrom(AgentSettings agent, string account) => agent.Accounts.IsEmpty || agent.Accounts.Contains(account);

    /// <summary>How many cases of the channel the agent may hold at once; 0: the channel is not served.</summary>
    public static int Limit(AgentSettings agent, string channel) =>
        agent.Channels.IsEmpty ? int.MaxValue : agent.Channels.GetValueOrDefault(channel);

    /// <summary>Whether the agent speaks the language: <c>es</c> covers <c>es-MX</c> (RFC 4647, basic filtering), in any case.</summary>
    public static bool Speaks(AgentSettings agent, string language)
    {
        if (agent.Languages.IsEmpty) return true;
        foreach (var spoken in agent.Languages)
        {
            if (!language.StartsWith(spoken, StringComparison.OrdinalIgnoreCase)) continue;
            if (language.Length == spoken.Length || language[spoken.Length] == '-') return true;
        }
        return false;
    }

    /// <summary>The first reason why a case of the channel does not fit beside what is held already, or null.</summary>
    public static WhyNot? Room(AgentSettings agent, string channel, int units, int usedUnits, int casesOfChannel)
    {
        if (usedUnits + units > agent.Capacity) return new WhyNot.NoCapacity(usedUnits, agent.Capacity, null);
        var limit = Limit(agent, channel);
        return casesOfChannel >= limit ? new WhyNot.NoCapacity(casesOfChannel, limit, channel) : null;
    }

    /// <summary>The sum of the agent's levels in the required skills: what the best-skill strategy compares.</summary>
    public static int SkillSum(AgentSettings agent, Requirements needs)
    {
        var sum = 0;
        foreach (var skill in needs.Skills) sum += agent.Skills.GetValueOrDefault(skill.Skill);
        return sum;
    }

    private static bool ServesAny(AgentSettings agent, ImmutableArray<string> queues)
    {
        foreach (var queue in queues)
            if (agent.Queues.Contains(queue)) return true;
        return false;
    }
}
