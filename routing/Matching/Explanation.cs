using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Matching;

/// <summary>Why a waiting case has no agent yet.</summary>
/// <param name="Place">Its place among the cases of its queue that still want an agent; 1 is next.</param>
/// <param name="Waiting">How many cases the queue holds, those with offers counted.</param>
/// <param name="Rule">The rule that chose the queue, or null.</param>
/// <param name="Stage">How far its requirements have relaxed; 0: not at all.</param>
/// <param name="Needs">What is demanded at this stage.</param>
/// <param name="AskedQueues">The queues whose agents are asked now; empty outside business hours.</param>
/// <param name="Agents">Every agent of these queues (outside hours, of its own), by id.</param>
public sealed record Explanation(
    string CaseId, string Queue, int Place, int Waiting, string? Rule, int Stage, Requirements Needs,
    ImmutableArray<string> AskedQueues, PriorityParts Priority, DateTimeOffset VirtualStart, ImmutableArray<AgentExplanation> Agents);

/// <summary>What the effective priority is made of, in points.</summary>
/// <param name="Class">0 to 9, from the rules.</param>
/// <param name="Ageing">The queue's points per minute, times the minutes since the virtual start, in whole seconds.</param>
/// <param name="Boost">From rules and people.</param>
public sealed record PriorityParts(int Class, double Ageing, double Boost)
{
    public double Total => Class + Ageing + Boost;
}

/// <summary>An agent, and the first reason why not; null: the next pass gives them the case, unless it finds a better agent.</summary>
public sealed record AgentExplanation(string AgentId, WhyNot? WhyNot);

/// <summary>What waits in a queue.</summary>
/// <param name="Waiting">Cases without an agent, those with offers counted.</param>
/// <param name="Asking">Those of them with a live offer or a proposal.</param>
/// <param name="LongestSince">The earliest virtual start among them.</param>
/// <param name="Open">Whether the queue is within its business hours.</param>
public sealed record QueueSnapshot(string Queue, int Waiting, int Asking, DateTimeOffset? LongestSince, bool Open);
