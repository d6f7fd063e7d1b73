using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes.Staffing;

/// <summary>How far a search has come.</summary>
/// <param name="Doing">In words.</param>
/// <param name="Tried">Staffings that were run.</param>
public readonly record struct StaffingProgress(string Doing, int Tried);

/// <summary>What a search found, with what it came to in all replications.</summary>
public sealed record StaffingAnswer(StaffingPlan Plan, Scenario Scenario, ImmutableArray<Replication> Replications, int Runs);

/// <summary>No number of agents that was tried meets the target.</summary>
public sealed class StaffingException(string message) : Exception(message);

/// <summary>
/// Looks for the smallest staffing that meets a target in every period, over one fixed set of replications whose contacts are the same
/// for every staffing (the sample problem of Cezik and L'Ecuyer, Management Science 54(2), 2008). From a guess by Erlang C it adds
/// agents where a period misses, then takes agents away, many periods at once, and at the end one by one, until no single agent can
/// be taken from any group in any period. What one period leaves waiting burdens the next, so each staffing is judged by the whole run.
/// </summary>
public sealed class StaffingSearch
{
    private const int MostAgents = 10_000;

    private readonly Scenario _scenario;
    private readonly StaffingTarget _target;
    private readonly StaffingTrials _trials;
    private readonly IProgress<StaffingProgress>? _progress;
    private readonly ImmutableArray<int> _periods;
    private readonly int _groups;

    /// <param name="run">Replications 1 to their number, of a scenario with some staffing, in their order, as they are asked for.</param>
    public StaffingSearch(Scenario scenario, StaffingTarget target, Func<Scenario, IEnumerable<Replication>> run, IProgress<StaffingProgress>? progress = null)
    {
        (_scenario, _target, _progress) = (target.On(scenario), target, progress);
        _trials = new StaffingTrials(_scenario, target, run);
        // What lies in the warm-up is in no figure; its staffing is the scenario's.
        _periods = [.. Enumerable.Range(0, scenario.Periods.Length).Where(period => scenario.Periods[period].To > scenario.WarmUp)];
        _groups = scenario.Groups.Length;
    }

    /// <exception cref="StaffingException">The target cannot be met by more agents.</exception>
    public StaffingAnswer Find()
    {
        var plan = Smaller(Shrunk(Enough(Guess())));
        return new StaffingAnswer(plan, plan.On(_scenario), _trials.Replications(plan), _trials.Runs);
    }

    private StaffingPlan Guess()
    {
        var (guess, own) = (StaffingGuess.Of(_scenario, _target), StaffingPlan.Of(_scenario));
        return new StaffingPlan([.. guess.Groups.Select((agents, group) => agents.Select((count, period) => _periods.Contains(period) ? count : own[group, period]).ToImmutableArray())]);
    }

    /// <summary>Adds where a period misses, of the group that helps that period most.</summary>
    private StaffingPlan Enough(StaffingPlan plan)
    {
        var most = _periods.ToDictionary(period => period, period => (4 * plan.OfPeriod(period)) + (20 * _groups));
        while (true)
        {
            Tell("adding agents", plan);
            var levels = _trials.Levels(plan);
            int[] missed = [.. _periods.Where(period => !_target.IsMet(levels[period]))];
            if (missed.Length == 0) return plan;
            if (missed.FirstOrDefault(period => plan.OfPeriod(period) >= most[period], -1) is >= 0 and var hopeless) throw Hopeless(plan, hopeless, levels[hopeless]!.Value);
            plan = plan.With(Best(plan, missed, period => levels[period] < _target.Share - 0.2 ? 1 + (plan.OfPeriod(period) / 10) : 1).Values);
        }
    }

    /// <summary>Takes away in all periods at once, in steps that get smaller, where the period itself allows it.</summary>
    private StaffingPlan Shrunk(StaffingPlan plan)
    {
        var steps = _periods.ToDictionary(period => period, period => 1 + (plan.OfPeriod(period) / 8));
        while (steps.Count > 0)
        {
            Tell("taking agents away", plan);
            var best = Best(plan, [.. steps.Keys], period => -steps[period]);
            foreach (var period in steps.Keys.Where(period => !best.ContainsKey(period)).ToList()) Halve(period);
            plan = plan.With(Allowed(plan, best));
        }
        return plan;

        // Takes back where a period misses, or the nearest change that can have caused it, until none does.
        IEnumerable<StaffingStep> Allowed(StaffingPlan from, Dictionary<int, StaffingStep> changes)
        {
            while (changes.Count > 0 && FirstMissed(from.With(changes.Values)) is { } missed)
            {
                var back = changes.Keys.MinBy(period => (Distance: Math.Abs(period - missed), period));
                changes.Remove(back);
                Halve(back);
            }
            return changes.Values;
        }

        void Halve(int period)
        {
            if (steps[period] == 1) steps.Remove(period);
            else steps[period] /= 2;
        }
    }

    /// <summary>Takes single agents until all of them have been tried in vain since the last that could be spared.</summary>
    private StaffingPlan Smaller(StaffingPlan plan)
    {
        (int Group, int Period)[] places = [.. _periods.SelectMany(period => Enumerable.Range(0, _groups).Select(group => (group, period)))];
        for (int at = 0, inVain = 0; inVain < places.Length; at = (at + 1) % places.Length, inVain++)
        {
            var (group, period) = places[at];
            if (plan[group, period] == 0) continue;
            Tell($"trying each agent, {inVain} of {places.Length} places", plan);
            var smaller = plan.With([new StaffingStep(group, period, -1)]);
            if (!_trials.Holds(smaller)) continue;
            plan = smaller;
            inVain = -1;
            at--;
        }
        return plan;
    }

    /// <summary>
    /// For each of these periods, the group in which the change leaves the period's service level highest; of equals the first. Changes
    /// that leave a period below the target are left out where agents are taken away.
    /// </summary>
    private Dictionary<int, StaffingStep> Best(StaffingPlan plan, int[] periods, Func<int, int> change)
    {
        var best = new Dictionary<int, (StaffingStep Step, double Level)>();
        for (var group = 0; group < _groups; group++)
        {
            StaffingStep[] steps = [.. periods.Select(period => new StaffingStep(group, period, Possible(plan[group, period], change(period)))).Where(step => step.Agents != 0)];
            if (steps.Length == 0) continue;
            var levels = _trials.Levels(plan.With(steps));
            foreach (var step in steps)
            {
                var level = levels[step.Period] ?? 1;
                if (step.Agents < 0 && !_target.IsMet(level)) continue;
                if (!best.TryGetValue(step.Period, out var known) || level > known.Level) best[step.Period] = (step, level);
            }
        }
        return best.ToDictionary(pair => pair.Key, pair => pair.Value.Step);
    }

    private static int Possible(int agents, int change) => Math.Clamp(agents + change, 0, MostAgents) - agents;

    private int? FirstMissed(StaffingPlan plan)
    {
        var levels = _trials.Levels(plan);
        return _periods.Where(period => !_target.IsMet(levels[period])).Select(period => (int?)period).FirstOrDefault();
    }

    private void Tell(string doing, StaffingPlan plan) =>
        _progress?.Report(new StaffingProgress($"{doing}; now {plan.Groups.Sum(group => group.Sum())} in all periods together", _trials.Tried));

    private StaffingException Hopeless(StaffingPlan plan, int period, double level)
    {
        var at = _scenario.Start + _scenario.Periods[period].From;
        return new StaffingException(FormattableString.Invariant(
            $"With {plan.OfPeriod(period)} agents in the period from {at:HH:mm}, {level * 100:F1} % are served in time, and adding agents has not brought it to {_target.Share * 100:0.##} %. ")
            + "Look for a type that no group serves, a limit that turns contacts away, slow acceptance, or a target that patience does not allow.");
    }
}
