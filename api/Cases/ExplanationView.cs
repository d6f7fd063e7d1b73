using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Api.Cases;

/// <summary>Why a case is where it is.</summary>
/// <param name="RoutedBecause">Why the agent who was asked, or has it, was chosen.</param>
/// <param name="Waiting">Why it has no agent yet; absent for a case that has one, or that the router does not know yet.</param>
internal sealed record ExplanationView(
    string CaseId, CaseStatus Status, string Queue, string? Rule, string? Holder, ImmutableArray<string> Asked, string? RoutedBecause, WaitingView? Waiting)
{
    public static ExplanationView Of(CaseRow row, Explanation? waiting) => new(
        row.CaseId, row.State.Status, row.State.Queue, row.State.Rule, row.State.Holder,
        [.. row.State.Offers.Select(o => o.AgentId)], row.State.RoutedBecause, waiting is null ? null : WaitingView.Of(waiting));
}

/// <param name="Place">Its place among the cases of its queue that still want an agent; 1 is next.</param>
/// <param name="OfWaiting">How many cases the queue holds, those with offers counted.</param>
/// <param name="Stage">How far its requirements have relaxed; 0: not at all.</param>
/// <param name="Needs">What is demanded at this stage.</param>
internal sealed record WaitingView(
    int Place, int OfWaiting, int Stage, NeedsView Needs, ImmutableArray<string> AskedQueues, PriorityView Priority, DateTimeOffset VirtualStart,
    ImmutableArray<AgentReasonView> Agents)
{
    public static WaitingView Of(Explanation e) => new(
        e.Place, e.Waiting, e.Stage, NeedsView.Of(e.Needs), e.AskedQueues,
        new PriorityView(e.Priority.Class, e.Priority.Ageing, e.Priority.Boost, e.Priority.Total), e.VirtualStart,
        [.. e.Agents.Select(a => new AgentReasonView(a.AgentId, CodeOf(a.WhyNot), a.WhyNot?.ToString()))]);

    private static string? CodeOf(WhyNot? reason) => reason?.GetType().Name is { } name ? char.ToLowerInvariant(name[0]) + name[1..] : null;
}

/// <summary>What the effective priority is made of, in points.</summary>
internal sealed record PriorityView(int Class, double Ageing, double Boost, double Total);

/// <summary>An agent and the first reason why not.</summary>
/// <param name="Code">Such as <c>noCapacity</c>; absent: nothing speaks against them.</param>
/// <param name="Text">The same with its particulars, such as <c>MissingSkill(es≥3)</c>.</param>
internal sealed record AgentReasonView(string Agent, string? Code, string? Text);
