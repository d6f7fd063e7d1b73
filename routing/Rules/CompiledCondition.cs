using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Rules;

/// <summary>One condition. An attribute that is missing equals nothing, contains nothing, and is neither large nor small.</summary>
internal sealed class CompiledCondition
{
    private readonly Func<MessageFacts, string?> _read;
    private readonly ConditionOperator _operator;
    private readonly ImmutableArray<string> _values;
    private readonly double _number;
    private readonly bool _isLanguage;

    public CompiledCondition(ConditionSettings condition)
    {
        _read = RuleAttributes.Reader(condition.Attribute);
        _operator = condition.Operator;
        _values = [.. condition.Values.Select(Folding.Fold)];
        _isLanguage = condition.Attribute == "language";
        RuleAttributes.TryNumber(condition.Values.FirstOrDefault(), out _number);
    }

    public bool Holds(MessageFacts facts)
    {
        var value = _read(facts);
        return _operator switch
        {
            ConditionOperator.Exists => value is not null,
            ConditionOperator.Is => value is not null && IsOneOf(Folding.Fold(value)),
            ConditionOperator.IsNot => value is null || !IsOneOf(Folding.Fold(value)),
            ConditionOperator.Contains => value is not null && ContainsOneOf(Folding.Fold(value)),
            ConditionOperator.AtLeast => RuleAttributes.TryNumber(value, out var number) && number >= _number,
            _ => RuleAttributes.TryNumber(value, out var number) && number < _number,
        };
    }

    private bool IsOneOf(string value)
    {
        foreach (var candidate in _values)
            if (value == candidate || _isLanguage && value.StartsWith(candidate + "-", StringComparison.Ordinal)) return true;
        return false;
    }

    private bool ContainsOneOf(string value)
    {
        foreach (var candidate in _values)
            if (value.Contains(candidate, StringComparison.Ordinal)) return true;
        return false;
    }
}
