using RoutingGrid.Routing.Rules;
using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Rules: what they ask, where they send, and whether they can be reached.</summary>
internal static class RuleChecks
{
    public static void Validate(WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        errors.UniqueNames("rules", "name", configuration.Rules, r => r.Name, Limits.Rules);
        string? always = null;
        foreach (var (path, rule) in ErrorList.Each("rules", configuration.Rules))
        {
            if (always is not null) errors.Add(path, Codes.Unreachable, $"{always} takes every case, so this rule never gets one; move it before, or remove it.");
            else if (!rule.When.IsDefault && rule.When.IsEmpty) always = path;
            errors.List($"{path}.when", rule.When, Limits.Conditions);
            foreach (var (at, condition) in ErrorList.Each($"{path}.when", rule.When)) ValidateCondition(at, condition, errors);
            errors.Known($"{path}.queue", rule.Queue, names.Queues, Codes.UnknownQueue, "queue");
            errors.Levels($"{path}.skills", rule.Skills, names);
            errors.Range($"{path}.class", rule.Class, 0, 9);
            errors.Range($"{path}.boost", rule.Boost, -Limits.Points, Limits.Points);
            errors.Range($"{path}.creditSeconds", rule.CreditSeconds, 0, Limits.Seconds);
        }
    }

    private static void ValidateCondition(string path, ConditionSettings condition, ErrorList errors)
    {
        if (condition.Attribute is null || !RuleAttributes.IsKnown(condition.Attribute))
            errors.Add($"{path}.attribute", Codes.UnknownAttribute, $"There is no attribute \"{condition.Attribute}\"; use {string.Join(", ", RuleAttributes.Names)} or attributes.NAME.");
        errors.Defined($"{path}.operator", condition.Operator);
        errors.List($"{path}.values", condition.Values, Limits.Values);
        if (condition.Values.IsDefault) return;
        foreach (var (at, value) in ErrorList.Each($"{path}.values", condition.Values))
        {
            errors.Length(at, value, Limits.Text);
            // Every text contains the empty one; nothing equals it.
            if (value.Length == 0) errors.Add(at, Codes.Empty, "An empty value makes no sense here; to ask whether the attribute is there at all, use exists.");
        }
        if (condition.Operator is ConditionOperator.AtLeast or ConditionOperator.Below) ValidateNumber(path, condition, errors);
        else if (condition.Operator == ConditionOperator.Exists && !condition.Values.IsEmpty)
            errors.Add($"{path}.values", Codes.TooMany, "Exists compares with nothing; leave the list of values empty.");
        else if (condition.Operator != ConditionOperator.Exists && condition.Values.IsEmpty)
            errors.Add($"{path}.values", Codes.Empty, "There is nothing to compare with; give at least one value.");
    }

    private static void ValidateNumber(string path, ConditionSettings condition, ErrorList errors)
    {
        if (condition.Attribute is not null && RuleAttributes.IsKnown(condition.Attribute) && !RuleAttributes.IsNumeric(condition.Attribute))
            errors.Add($"{path}.operator", Codes.NotANumber, $"{condition.Attribute} is not a number; atLeast and below work with reach and attributes.NAME.");
        if (condition.Values.Length != 1)
            errors.Add($"{path}.values", Codes.NotANumber, $"{condition.Operator} compares with one number, and here are {condition.Values.Length} values; give exactly one.");
        else if (!RuleAttributes.TryNumber(condition.Values[0], out _))
            errors.Add($"{path}.values[0]", Codes.NotANumber, $"\"{condition.Values[0]}\" is not a number; write it with digits and a decimal point, such as 10000.");
    }
}
