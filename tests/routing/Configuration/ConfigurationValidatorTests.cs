using System.Collections.Immutable;
using System.Reflection;
using RoutingGrid.Routing.Configuration;
using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Tests.Configuration;

public sealed class ConfigurationValidatorTests
{
    /// <summary>Uses everything, and has no errors.</summary>
    private static readonly WorkspaceConfiguration Good = new()
    {
        Channels = [new() { Name = "chat" }, new() { Name = "email", Units = 2 }],
        Accounts = [new() { Id = "brand:mx", Channel = "chat", Name = "Brand, Mexico" }],
        Skills = [new() { Name = "es" }, new() { Name = "vip", Levels = 2 }],
        Calendars = [new() { Name = "Office hours", TimeZone = "America/Mexico_City", Week = Week("monday", "09:00-14:00", "22:00-06:00"), Holidays = ["2026-12-25"] }],
        Queues =
        [
            new()
            {
                Name = "support", Calendar = "Office hours", OutsideHours = OutsideHours.Overflow, OverflowQueue = "backup", AgeingPerMinute = 0.5, OffersAtOnce = 2,
                Stages =
                [
                    new() { AfterSeconds = 60, DropSkills = ["vip"], LowerSkills = Levels("es", 2) },
                    new() { AfterSeconds = 90, AddQueues = ["backup"] },
                ],
                Targets = new() { FirstAnswerSeconds = 60, BusinessTime = true },
            },
            new() { Name = "backup" },
        ],
        Rules =
        [
            new() { Name = "loud", Queue = "support", Skills = Levels("es", 3), Class = 9, When = [When("reach", ConditionOperator.AtLeast, "10000")] },
            new() { Name = "rest", Queue = "backup" },
        ],
        DefaultQueue = "backup",
        Agents = [new() { Id = "ana@example.com", Queues = ["support"], Skills = Levels("vip", 2), Languages = ["es", "pt-BR"], Accounts = ["brand:mx"], Channels = Levels("chat", 3), Capacity = 4 }],
        ClosingReasons = ["solved", "no answer needed"],
    };

    public static TheoryData<string, string, Func<WorkspaceConfiguration, WorkspaceConfiguration>> Faults => new()
    {
        { "channels[2].name", Codes.Duplicate, c => c with { Channels = c.Channels.Add(new() { Name = "chat" }) } },
        { "channels[2].name", Codes.Reserved, c => c with { Channels = c.Channels.Add(new() { Name = "erased" }) } },
        { "channels[0].units", Codes.OutOfRange, c => c with { Channels = c.Channels.SetItem(0, c.Channels[0] with { Units = 0 }) } },
        { "channels[0].offerTimeoutSeconds", Codes.OutOfRange, c => c with { Channels = c.Channels.SetItem(0, c.Channels[0] with { OfferTimeoutSeconds = -1 }) } },
        { "channels", Codes.TooMany, c => c with { Channels = c.Channels.AddRange(Enumerable.Range(0, 63).Select(i => new ChannelSettings { Name = $"c{i}" })) } },
        { "channels", Codes.Missing, c => c with { Channels = default, Accounts = [], Agents = [] } },
        { "accounts[0].channel", Codes.UnknownChannel, c => c with { Accounts = [c.Accounts[0] with { Channel = "Chat" }] } },
        { "accounts[0].channel", Codes.Empty, c => c with { Accounts = [c.Accounts[0] with { Channel = "" }] } },
        { "accounts[1].id", Codes.BadCharacter, c => c with { Accounts = c.Accounts.Add(new() { Id = "a/b", Channel = "chat" }) } },
        { "accounts[1].id", Codes.BadCharacter, c => c with { Accounts = c.Accounts.Add(new() { Id = "..", Channel = "chat" }) } },
        { "accounts[0].name", Codes.TooLong, c => c with { Accounts = [c.Accounts[0] with { Name = new string('x', 101) }] } },
        { "skills[2].name", Codes.Empty, c => c with { Skills = c.Skills.Add(new() { Name = " " }) } },
        { "skills[2].levels", Codes.OutOfRange, c => c with { Skills = c.Skills.Add(new() { Name = "de", Levels = 0 }) } },
        { "skills[2]", Codes.Missing, c => c with { Skills = c.Skills.Add(null!) } },
        { "activities", Codes.NoAvailableActivity, c => c with { Activities = [new() { Name = "unavailable" }] } },
        { "calendars[0].timeZone", Codes.BadTimeZone, c => Calendar(c, k => k with { TimeZone = "Central Standard Time" }) },
        { "calendars[0].timeZone", Codes.BadTimeZone, c => Calendar(c, k => k with { TimeZone = "Europe/Atlantis" }) },
        { "calendars[0].week.Monday", Codes.BadDay, c => Calendar(c, k => k with { Week = Week("Monday", "09:00-10:00") }) },
        { "calendars[0].week.friday[1]", Codes.BadOpeningTime, c => Calendar(c, k => k with { Week = Week("friday", "09:00-10:00", "10:00-10:00") }) },
        { "calendars[0].week.friday[0]", Codes.BadOpeningTime, c => Calendar(c, k => k with { Week = Week("friday", "24:00-10:00") }) },
        { "calendars[0].week.friday[0]", Codes.BadOpeningTime, c => Calendar(c, k => k with { Week = Week("friday", "09:00 - 10:00") }) },
        { "calendars[0].holidays[0]", Codes.BadDate, c => Calendar(c, k => k with { Holidays = ["2026-02-30"] }) },
        { "queues[0].strategy", Codes.UnknownValue, c => Queue(c, q => q with { Strategy = (RoutingStrategy)9 }) },
        { "queues[0].offerTimeoutSeconds", Codes.OutOfRange, c => Queue(c, q => q with { OfferTimeoutSeconds = 0 }) },
        { "queues[0].offersAtOnce", Codes.OutOfRange, c => Queue(c, q => q with { OffersAtOnce = 0 }) },
        { "queues[0].ronaActivity", Codes.UnknownActivity, c => Queue(c, q => q with { RonaActivity = "away" }) },
        { "queues[0].ronaActivity", Codes.RonaIsAvailable, c => Queue(c, q => q with { RonaActivity = "available" }) },
        { "queues[0].ageingPerMinute", Codes.OutOfRange, c => Queue(c, q => q with { AgeingPerMinute = double.NaN }) },
        { "queues[0].preferredPatienceSeconds", Codes.OutOfRange, c => Queue(c, q => q with { PreferredPatienceSeconds = -5 }) },
        { "queues[0].stages[0].dropSkills[1]", Codes.UnknownSkill, c => Stage(c, s => s with { DropSkills = ["vip", "fr"] }) },
        { "queues[0].stages[0].dropSkills[1]", Codes.Duplicate, c => Stage(c, s => s with { DropSkills = ["vip", "vip"] }) },
        { "queues[0].stages[0].lowerSkills.vip", Codes.OutOfRange, c => Stage(c, s => s with { LowerSkills = Levels("vip", 3) }) },
        { "queues[0].stages[1].addQueues[0]", Codes.UnknownQueue, c => Queue(c, q => q with { Stages = q.Stages.SetItem(1, q.Stages[1] with { AddQueues = ["nobody"] }) }) },
        { "queues[0].stages[1].afterSeconds", Codes.NotAscending, c => Stage(c, s => s with { AfterSeconds = 90 }) },
        { "queues[0].calendar", Codes.UnknownCalendar, c => Queue(c, q => q with { Calendar = "night" }) },
        { "queues[0].automaticAnswer", Codes.Missing, c => Queue(c, q => q with { OutsideHours = OutsideHours.Answer }) },
        { "queues[0].overflowQueue", Codes.Missing, c => Queue(c, q => q with { OverflowQueue = null }) },
        { "queues[0].overflowQueue", Codes.UnknownQueue, c => Queue(c, q => q with { OverflowQueue = "nobody" }) },
        { "queues[0].overflowQueue", Codes.OverflowLoop, c => Queue(c, q => q with { OverflowQueue = "support" }) },
        { "queues[0].targets.firstAnswerSeconds", Codes.OutOfRange, c => Queue(c, q => q with { Targets = new() { FirstAnswerSeconds = 0 } }) },
        { "queues[0].targets", Codes.Missing, c => Queue(c, q => q with { Targets = null! }) },
        { "queues[0].reopenSeconds", Codes.OutOfRange, c => Queue(c, q => q with { ReopenSeconds = -1 }) },
        { "rules[1].name", Codes.Duplicate, c => c with { Rules = c.Rules.SetItem(1, c.Rules[1] with { Name = "loud" }) } },
        { "rules[0].name", Codes.BadCharacter, c => Rule(c, r => r with { Name = "lo\nud" }) },
        { "rules[1]", Codes.Unreachable, c => Rule(c, r => r with { When = [] }) },
        { "rules[0].queue", Codes.UnknownQueue, c => Rule(c, r => r with { Queue = "nobody" }) },
        { "rules[0].class", Codes.OutOfRange, c => Rule(c, r => r with { Class = 10 }) },
        { "rules[0].boost", Codes.OutOfRange, c => Rule(c, r => r with { Boost = double.PositiveInfinity }) },
        { "rules[0].creditSeconds", Codes.OutOfRange, c => Rule(c, r => r with { CreditSeconds = -1 }) },
        { "rules[0].skills.fr", Codes.UnknownSkill, c => Rule(c, r => r with { Skills = Levels("fr", 1) }) },
        { "rules[0].skills.es", Codes.OutOfRange, c => Rule(c, r => r with { Skills = Levels("es", 6) }) },
        { "rules[0].when[0].attribute", Codes.UnknownAttribute, c => Rule(c, r => r with { When = [When("mood", ConditionOperator.Is, "bad")] }) },
        { "rules[0].when[0].attribute", Codes.UnknownAttribute, c => Rule(c, r => r with { When = [When("attributes.", ConditionOperator.Is, "bad")] }) },
        { "rules[0].when[0].operator", Codes.NotANumber, c => Rule(c, r => r with { When = [When("text", ConditionOperator.Below, "3")] }) },
        { "rules[0].when[0].values[0]", Codes.NotANumber, c => Rule(c, r => r with { When = [When("reach", ConditionOperator.Below, "many")] }) },
        { "rules[0].when[0].values", Codes.NotANumber, c => Rule(c, r => r with { When = [When("reach", ConditionOperator.AtLeast, "1", "2")] }) },
        { "rules[0].when[0].values", Codes.Empty, c => Rule(c, r => r with { When = [When("text", ConditionOperator.Contains)] }) },
        { "rules[0].when[0].values[0]", Codes.Empty, c => Rule(c, r => r with { When = [When("text", ConditionOperator.Contains, "")] }) },
        { "rules[0].when[0].values", Codes.TooMany, c => Rule(c, r => r with { When = [When("text", ConditionOperator.Exists, "yes")] }) },
        { "defaultQueue", Codes.Missing, c => c with { DefaultQueue = null } },
        { "defaultQueue", Codes.UnknownQueue, c => c with { DefaultQueue = "nobody" } },
        { "agents[0].id", Codes.BadCharacter, c => Agent(c, a => a with { Id = "ana garcía" }) },
        { "agents[0].queues[1]", Codes.UnknownQueue, c => Agent(c, a => a with { Queues = ["support", "sales"] }) },
        { "agents[0].skills.vip", Codes.OutOfRange, c => Agent(c, a => a with { Skills = Levels("vip", 3) }) },
        { "agents[0].skills", Codes.Missing, c => Agent(c, a => a with { Skills = null! }) },
        { "agents[0].languages[0]", Codes.BadLanguage, c => Agent(c, a => a with { Languages = ["español"] }) },
        { "agents[0].accounts[0]", Codes.UnknownAccount, c => Agent(c, a => a with { Accounts = ["brand"] }) },
        { "agents[0].channels.fax", Codes.UnknownChannel, c => Agent(c, a => a with { Channels = Levels("fax", 1) }) },
        { "agents[0].channels.chat", Codes.OutOfRange, c => Agent(c, a => a with { Channels = Levels("chat", -1) }) },
        { "agents[0].capacity", Codes.OutOfRange, c => Agent(c, a => a with { Capacity = -1 }) },
        { "presence.disconnectAfterSeconds", Codes.OutOfRange, c => c with { Presence = new() { HeartbeatSeconds = 30 } } },
        { "presence.graceSeconds", Codes.OutOfRange, c => c with { Presence = new() { GraceSeconds = -1 } } },
        { "presence", Codes.Missing, c => c with { Presence = null! } },
        { "closingReasons[2]", Codes.Duplicate, c => c with { ClosingReasons = c.ClosingReasons.Add("solved") } },
        { "closingReasons[2]", Codes.Empty, c => c with { ClosingReasons = c.ClosingReasons.Add("") } },
    };

    [Fact]
    public void A_good_configuration_has_no_errors() => Assert.Empty(ConfigurationValidator.Validate(Good));

    [Fact]
    public void The_empty_configuration_has_no_errors() => Assert.Empty(ConfigurationValidator.Validate(new WorkspaceConfiguration()));

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Every_fault_is_found_at_its_path_and_nothing_else_is(string path, string code, Func<WorkspaceConfiguration, WorkspaceConfiguration> spoil)
    {
        var error = Assert.Single(ConfigurationValidator.Validate(spoil(Good)));
        Assert.Equal((path, code), (error.Path, error.Code));
        Assert.Matches(@"^.{10,}\.$", error.Message);
    }

    [Fact]
    public void Every_code_is_produced_by_a_test()
    {
        var all = typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(all.Order(), Faults.Select(f => f.Data.Item2).Distinct().Order());
    }

    [Fact]
    public void All_errors_are_found_at_once_in_the_documents_order()
    {
        var errors = ConfigurationValidator.Validate(Agent(Rule(Good, r => r with { Class = -1, Queue = "x" }), a => a with { Capacity = -1, Queues = ["x"] }));
        Assert.Equal(["rules[0].queue", "rules[0].class", "agents[0].queues[0]", "agents[0].capacity"], errors.Select(e => e.Path));
    }

    [Fact]
    public void A_loop_of_overflows_names_its_members_and_only_them()
    {
        QueueSettings To(string name, string next) => new() { Name = name, OutsideHours = OutsideHours.Overflow, OverflowQueue = next };
        var errors = ConfigurationValidator.Validate(new() { Queues = [To("a", "b"), To("b", "c"), To("c", "b")], DefaultQueue = "a" });
        Assert.Equal(["queues[1].overflowQueue", "queues[2].overflowQueue"], errors.Select(e => e.Path));
        Assert.Contains("b → c → b", errors[0].Message);
    }

    private static WorkspaceConfiguration Calendar(WorkspaceConfiguration c, Func<CalendarSettings, CalendarSettings> change) => c with { Calendars = [change(c.Calendars[0])] };

    private static WorkspaceConfiguration Queue(WorkspaceConfiguration c, Func<QueueSettings, QueueSettings> change) => c with { Queues = c.Queues.SetItem(0, change(c.Queues[0])) };

    private static WorkspaceConfiguration Stage(WorkspaceConfiguration c, Func<StageSettings, StageSettings> change) =>
        Queue(c, q => q with { Stages = q.Stages.SetItem(0, change(q.Stages[0])) });

    private static WorkspaceConfiguration Rule(WorkspaceConfiguration c, Func<RuleSettings, RuleSettings> change) => c with { Rules = c.Rules.SetItem(0, change(c.Rules[0])) };

    private static WorkspaceConfiguration Agent(WorkspaceConfiguration c, Func<AgentSettings, AgentSettings> change) => c with { Agents = [change(c.Agents[0])] };

    private static ConditionSettings When(string attribute, ConditionOperator op, params ImmutableArray<string> values) => new() { Attribute = attribute, Operator = op, Values = values };

    private static ImmutableDictionary<string, int> Levels(string name, int level) => ImmutableDictionary<string, int>.Empty.Add(name, level);

    private static ImmutableDictionary<string, ImmutableArray<string>> Week(string day, params ImmutableArray<string> times) => ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(day, times);
}
