using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Routing.Tests.Rules;

public sealed class RuleSetTests
{
    private static readonly MessageFacts Facts = new()
    {
        Channel = "comment",
        Account = "brand-mx",
        Surface = Surface.Public,
        Text = "¡Ésto es una AVERÍA del router!",
        Author = "José Núñez",
        Customer = "cust-1",
        Language = "es-MX",
        Audience = "customer",
        Purpose = "complaint",
        Reach = 12_000,
        Attributes = ImmutableDictionary<string, string>.Empty.Add("plan", "Gold").Add("spent", "99.5").Add("empty", ""),
    };

    [Theory]
    [InlineData("channel", ConditionOperator.Is, "comment", true)]
    [InlineData("channel", ConditionOperator.Is, "chat|COMMENT", true)]
    [InlineData("channel", ConditionOperator.IsNot, "chat|comment", false)]
    [InlineData("account", ConditionOperator.Is, "brand", false)]
    [InlineData("surface", ConditionOperator.Is, "public", true)]
    [InlineData("text", ConditionOperator.Contains, "averia", true)]
    [InlineData("text", ConditionOperator.Contains, "esto es UNA avería", true)]
    [InlineData("text", ConditionOperator.Contains, "factura|router", true)]
    [InlineData("text", ConditionOperator.Contains, "factura", false)]
    [InlineData("author", ConditionOperator.Is, "jose nunez", true)]
    [InlineData("customer", ConditionOperator.Is, "cust-1", true)]
    [InlineData("language", ConditionOperator.Is, "es", true)]
    [InlineData("language", ConditionOperator.Is, "es-mx", true)]
    [InlineData("language", ConditionOperator.Is, "e", false)]
    [InlineData("language", ConditionOperator.IsNot, "en", true)]
    [InlineData("audience", ConditionOperator.Exists, "", true)]
    [InlineData("purpose", ConditionOperator.IsNot, "complaint", false)]
    [InlineData("reach", ConditionOperator.AtLeast, "12000", true)]
    [InlineData("reach", ConditionOperator.AtLeast, "12000.5", false)]
    [InlineData("reach", ConditionOperator.Below, "12000", false)]
    [InlineData("reach", ConditionOperator.Below, "1e6", true)]
    [InlineData("attributes.plan", ConditionOperator.Is, "gold", true)]
    [InlineData("attributes.spent", ConditionOperator.AtLeast, "99.5", true)]
    [InlineData("attributes.plan", ConditionOperator.AtLeast, "1", false)]
    [InlineData("attributes.plan", ConditionOperator.Below, "1", false)]
    // What is missing equals nothing, contains nothing, and is neither large nor small.
    [InlineData("attributes.none", ConditionOperator.Exists, "", false)]
    [InlineData("attributes.empty", ConditionOperator.Exists, "", false)]
    [InlineData("attributes.none", ConditionOperator.Is, "x", false)]
    [InlineData("attributes.none", ConditionOperator.IsNot, "x", true)]
    [InlineData("attributes.none", ConditionOperator.Contains, "x", false)]
    [InlineData("attributes.none", ConditionOperator.Below, "5", false)]
    public void Conditions(string attribute, ConditionOperator op, string values, bool holds)
    {
        var rules = RuleSet.Compile(With(Rule("rule", "special") with
        {
            When = [new() { Attribute = attribute, Operator = op, Values = values.Length == 0 ? [] : [.. values.Split('|')] }],
        }));
        Assert.Equal(holds ? "rule" : null, rules.Classify(Facts).Rule);
    }

    [Fact]
    public void The_first_rule_whose_conditions_all_hold_wins()
    {
        ConditionSettings complaint = new() { Attribute = "purpose", Values = ["complaint"] };
        var rules = RuleSet.Compile(With(
            Rule("both", "a") with { When = [complaint, new() { Attribute = "channel", Values = ["chat"] }] },
            Rule("first", "b") with
            {
                When = [complaint], Class = 3, Boost = 0.5, CreditSeconds = 60, RequireLanguage = true,
                Skills = ImmutableDictionary<string, int>.Empty.Add("vip", 1).Add("Tech", 2).Add("es", 3),
            },
            Rule("second", "c")));
        Assert.Equal(
            new Classification("first", "b", new Requirements([new("Tech", 2), new("es", 3), new("vip", 1)], "es-MX"), 3, 0.5, TimeSpan.FromMinutes(1)),
            rules.Classify(Facts));
        Assert.Null(rules.Classify(Facts with { Language = null }).Needs.Language);
        Assert.Equal("second", rules.Classify(Facts with { Purpose = null }).Rule);
    }

    [Fact]
    public void What_no_rule_takes_goes_to_the_default_queue() =>
        Assert.Equal(new Classification(null, "default", Requirements.None, 0, 0, TimeSpan.Zero), RuleSet.Compile(With()).Classify(Facts));

    [Fact]
    public void A_dry_run_shows_what_would_change()
    {
        var before = RuleSet.Compile(With(Rule("all", "a")));
        var after = RuleSet.Compile(With(Rule("far", "a") with { When = [new() { Attribute = "reach", Operator = ConditionOperator.AtLeast, Values = ["1000"] }] }));
        var run = DryRun.Compare(before, after, [("c1", Facts), ("c2", Facts with { Reach = 1 })]);
        Assert.Equal(2, run.Cases);
        Assert.Equal([KeyValuePair.Create("", 1), KeyValuePair.Create("far", 1)], run.Taken);
        Assert.Equal([("c1", "a", "a"), ("c2", "a", "default")], run.Changes.Select(c => (c.CaseId, c.Before.Queue, c.After.Queue)));
        Assert.Empty(DryRun.Compare(before, before, [("c1", Facts)]).Changes);
    }

    [Fact]
    public void The_facts_of_a_case_are_those_of_its_first_message()
    {
        var state = CaseState.None with
        {
            Channel = "chat", Account = "brand", CustomerId = "c", CustomerName = "Ana",
            Profile = new CaseProfile("en", "press", "question", 7, Facts.Attributes),
        };
        Assert.Equal(
            new MessageFacts
            {
                Channel = "chat", Account = "brand", Customer = "c", Author = "Ana", Text = "hello", Language = "en", Audience = "press",
                Purpose = "question", Reach = 7, Attributes = Facts.Attributes,
            },
            MessageFacts.Of(state, "hello"));
    }

    [Theory]
    [InlineData("Ñandú ÇEDILLA Straße", "nandu cedilla strasse")]
    [InlineData("İstanbul ısı", "istanbul isi")]
    [InlineData("n\u0303andu\u0301", "nandu")]
    [InlineData("Łódź Việt ẞ", "lodz viet ss")]
    [InlineData("日本 ПРИВЕТ", "日本 привет")]
    public void Text_folds_the_same_everywhere(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    private static RuleSettings Rule(string name, string queue) => new() { Name = name, Queue = queue };

    private static WorkspaceConfiguration With(params ImmutableArray<RuleSettings> rules) => new() { Rules = rules, DefaultQueue = "default" };
}
