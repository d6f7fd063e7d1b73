using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Rules;

/// <summary>A workspace's rules, ready to be asked. Immutable.</summary>
public sealed class RuleSet
{
    private readonly ImmutableArray<CompiledRule> _rules;
    private readonly string _defaultQueue;

    private RuleSet(ImmutableArray<CompiledRule> rules, string defaultQueue) => (_rules, _defaultQueue) = (rules, defaultQueue);

    /// <summary>Compiles the rules of a configuration that has passed validation.</summary>
    public static RuleSet Compile(WorkspaceConfiguration configuration) =>
        new([.. configuration.Rules.Select(r => new CompiledRule(r))], configuration.DefaultQueue ?? "");

    /// <summary>The first rule whose conditions all hold decides; else the default queue, class 0, without requirements.</summary>
    public Classification Classify(MessageFacts facts)
    {
        foreach (var rule in _rules)
            if (rule.Matches(facts)) return rule.Classify(facts);
        return new Classification(null, _defaultQueue, Requirements.None, 0, 0, TimeSpan.Zero);
    }

    private sealed class CompiledRule(RuleSettings rule)
    {
        private readonly ImmutableArray<CompiledCondition> _conditions = [.. rule.When.Select(c => new CompiledCondition(c))];
        private readonly Requirements _needs = new(
            [.. rule.Skills.Select(s => new SkillLevel(s.Key, s.Value)).OrderBy(s => s.Skill, StringComparer.Ordinal)], null);

        public bool Matches(MessageFacts facts)
        {
            foreach (var condition in _conditions)
                if (!condition.Holds(facts)) return false;
            return true;
        }

        public Classification Classify(MessageFacts facts)
        {
            // A language that nobody told cannot be demanded: the case would wait for ever.
            var needs = rule.RequireLanguage && facts.Language is { Length: > 0 } language ? _needs with { Language = language } : _needs;
            return new Classification(rule.Name, rule.Queue, needs, rule.Class, rule.Boost, TimeSpan.FromSeconds(rule.CreditSeconds));
        }
    }
}
