using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>What is a scenario and what is not, by its reader and by its schema.</summary>
public sealed class ScenarioParsingTests
{
    private static readonly JSchema Schema = JSchema.Parse(ScenarioSchema.Read());

    [Theory]
    [InlineData("name", null, "name")]
    [InlineData("name", "\"  \"", "name")]
    [InlineData("start", "\"2026-03-02\"", "start")]
    [InlineData("start", "\"2026-03-02T08:00Z\"", "start")]
    [InlineData("start", "5", "start")]
    [InlineData("periods", "3", "periods")]
    [InlineData("periods.count", "0", "periods.count")]
    [InlineData("periods.minutes", "0", "periods.minutes")]
    [InlineData("periods.minutes", null, "periods.minutes")]
    [InlineData("periods", "[]", "periods")]
    [InlineData("periods", """[{"minutes": 60}, {"start": "9:00", "end": "10:00"}]""", "periods[1].start")]
    [InlineData("periods", """[{"minutes": 60}, {"start": "09:00", "end": "25:00"}]""", "periods[1].end")]
    [InlineData("warmUpMinutes", "-1", "warmUpMinutes")]
    [InlineData("withinSeconds", "\"20\"", "withinSeconds")]
    [InlineData("colour", "1", "colour")]
    [InlineData("types", "[]", "types")]
    [InlineData("types", null, "types")]
    [InlineData("types[0].name", null, "types[0].name")]
    [InlineData("types[1].name", "\"e mail\"", "types[1].name")]
    [InlineData("types[0].arrivals", null, "types[0].arrivals")]
    [InlineData("types[0].arrivals.process", "\"uniform\"", "types[0].arrivals.process")]
    [InlineData("types[0].arrivals.perHour", "-1", "types[0].arrivals.perHour")]
    [InlineData("types[0].arrivals.perHour", null, "types[0].arrivals.perHour")]
    [InlineData("types[1].arrivals.perHour", "[1, \"x\"]", "types[1].arrivals.perHour[1]")]
    [InlineData("types[0].service", null, "types[0].service")]
    [InlineData("types[0].service", "\"fast\"", "types[0].service")]
    [InlineData("types[0].service.distribution", "\"weibull\"", "types[0].service.distribution")]
    [InlineData("types[0].service.mean", "0", "types[0].service.mean")]
    [InlineData("types[0].service.mean", null, "types[0].service.mean")]
    [InlineData("types[0].service", """{"distribution": "lognormal", "mean": 3}""", "types[0].service.standardDeviation")]
    [InlineData("types[0].service", """{"distribution": "gamma", "shape": 2, "scale": 3, "mean": 6}""", "types[0].service.scale")]
    [InlineData("types[0].service", """{"distribution": "erlang", "k": 1.5, "mean": 6}""", "types[0].service.k")]
    [InlineData("types[0].service", """{"distribution": "deterministic", "value": -1}""", "types[0].service.value")]
    [InlineData("types[1].patience", """{"mean": 60}""", "types[1].patience.distribution")]
    [InlineData("types[0].class", "10", "types[0].class")]
    [InlineData("types[0].reach", "1.5", "types[0].reach")]
    [InlineData("types[0].attributes", """{"plan": 3}""", "types[0].attributes.plan")]
    [InlineData("types[0].attributes", """{"type": "other"}""", "types[0].attributes.type")]
    [InlineData("groups[0].agents", "-1", "groups[0].agents")]
    [InlineData("groups[0].agents", "[2.5, 3]", "groups[0].agents[0]")]
    [InlineData("groups[0].serves", "[]", "groups[0].serves")]
    [InlineData("groups[0].serves", """["mails", {"type": "calls", "level": 1}]""", "groups[0].serves")]
    [InlineData("groups[0].serves", """[{"type": "calls"}]""", "groups[0].serves[0].level")]
    [InlineData("groups[0].capacity", "0", "groups[0].capacity")]
    [InlineData("groups[0].capacity", """{"channels": {"calls": 1}}""", "groups[0].capacity.total")]
    [InlineData("groups[0].ringOutProbability", "1.5", "groups[0].ringOutProbability")]
    [InlineData("groups[0].breaks", """[{"minutes": 10}]""", "groups[0].breaks[0].atMinutes")]
    [InlineData("groups[0].breaks", """[{"everyMinutes": 60}]""", "groups[0].breaks[0].minutes")]
    [InlineData("groups[0].wrapUpMode", "\"away\"", "groups[0].wrapUpMode")]
    [InlineData("limits", """[{"type": "calls"}]""", "limits[0].waiting")]
    [InlineData("limits", """[{"waiting": 3}]""", "limits[0].type")]
    [InlineData("limits", """[{"type": "calls", "queue": "calls", "waiting": 3}]""", "limits[0].type")]
    [InlineData("workspace", """{"queues": [{"name": "calls", "strategy": "random"}]}""", "workspace.queues[0].strategy")]
    [InlineData("workspace", """{"queues": [{"autoAssign": true}]}""", "workspace.queues[0].name")]
    [InlineData("workspace", """{"queues": [{"name": "calls", "offersAtOnce": 0}]}""", "workspace.queues[0].offersAtOnce")]
    [InlineData("workspace", """{"rules": 3}""", "workspace.rules")]
    [InlineData("workspace", """{"agents": []}""", "workspace.agents")]
    public void What_the_schema_refuses_the_reader_refuses_with_its_path(string path, string? value, string expected)
    {
        var json = ScenarioText.Change(ScenarioText.Valid, path, value);
        Assert.False(JToken.Parse(json).IsValid(Schema), "the schema takes it");
        Assert.Equal([expected], Errors(json).Select(error => error.Path));
    }

    /// <summary>Names, lengths and files are beyond a schema.</summary>
    [Theory]
    [InlineData("start", "\"2026-02-30T08:00\"", "start", "2026-02-30T08:00")]
    [InlineData("periods", """[{"minutes": 60}, {"start": "10:00", "end": "11:00"}]""", "periods[1].start", "begins at 09:00")]
    [InlineData("warmUpMinutes", "120", "warmUpMinutes", "all of the time")]
    [InlineData("types[1].name", "\"calls\"", "types[1].name", "as that of types[0]")]
    [InlineData("types[0].arrivals.perHour", "[1]", "types[0].arrivals.perHour", "has 1 rates")]
    [InlineData("types[0].service", "[1, 2, 3]", "types[0].service", "has 3 distributions")]
    [InlineData("types[0].service", """{"distribution": "empirical", "file": "nowhere.txt"}""", "types[0].service.file", "cannot be read")]
    [InlineData("types[0].arrivals", """{"process": "recorded", "file": "nowhere.csv"}""", "types[0].arrivals.file", "cannot be read")]
    [InlineData("groups[0].serves", "[\"call\"]", "groups[0].serves[0]", "Did you mean \"calls\"?")]
    [InlineData("groups[0].serves", "[\"calls\", \"calls\"]", "groups[0].serves[1]", "already")]
    [InlineData("groups[0].skills", """{"spanish": 2}""", "groups[0].skills.spanish", "no skill \"spanish\"")]
    [InlineData("groups[0].capacity", """{"total": 2, "channels": {"call": 1}}""", "groups[0].channels.call", "no channel \"call\"")]
    [InlineData("limits", """[{"type": "mail", "waiting": 3}]""", "limits[0].type", "Did you mean \"mails\"?")]
    [InlineData("limits", """[{"queue": "mail", "waiting": 3}]""", "limits[0].queue", "Did you mean \"mails\"?")]
    [InlineData("workspace", """{"rules": [{"name": "r", "queue": "nowhere"}]}""", "workspace.rules[0].queue", "no queue \"nowhere\"")]
    [InlineData("workspace", """{"queues": [{"name": "calls", "ronaActivity": "lunch"}]}""", "workspace.queues[0].ronaActivity", "no activity \"lunch\"")]
    [InlineData("workspace", """{"activities": [{"name": "ready", "available": true}, {"name": "unavailable"}, {"name": "break", "available": true}]}""", "workspace.activities", "takes work")]
    public void What_a_schema_cannot_know_the_reader_does(string path, string value, string expected, string said)
    {
        var error = Assert.Single(Errors(ScenarioText.Change(ScenarioText.Valid, path, value)));
        Assert.Equal(expected, error.Path);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_said_in_the_order_of_the_document()
    {
        var json = ScenarioText.Change(ScenarioText.Valid, "types[0].service.mean", "-5");
        json = ScenarioText.Change(json, "types[1].arrivals.perhour", "3");
        json = ScenarioText.Change(json, "groups[0].serve", "[]");
        json = ScenarioText.Change(json, "workspace", """{"queues": [{"name": "calls", "stratgy": "bestSkill", "autoAssign": 1}]}""");
        var errors = Errors(json);
        Assert.Equal(
            ["types[0].service.mean", "types[1].arrivals.perhour", "groups[0].serve", "workspace.queues[0].stratgy", "workspace.queues[0].autoAssign"],
            errors.Select(error => error.Path));
        Assert.Contains("Did you mean \"perHour\"?", errors[1].Reason, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"serves\"?", errors[2].Reason, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"strategy\"?", errors[3].Reason, StringComparison.Ordinal);
        Assert.All(errors, error => Assert.NotEmpty(error.Allowed));
    }

    [Fact]
    public void Text_that_is_no_JSON_is_refused_with_line_and_column()
    {
        var error = Assert.Single(Errors("{\n  \"name\": \"x\",\n  \"start\": }\n"));
        Assert.Equal("line 3, column 12", error.Path);
    }

    [Fact]
    public void A_property_that_is_there_twice_is_refused()
    {
        var error = Assert.Single(Errors(ScenarioText.Valid.Replace("\"name\": \"team\",", "\"name\": \"team\", \"name\": \"other\",", StringComparison.Ordinal)));
        Assert.Equal("groups[0].name", error.Path);
    }

    [Theory]
    [MemberData(nameof(ExampleScenarioTests.Examples), MemberType = typeof(ExampleScenarioTests))]
    public void Every_example_is_valid_by_the_schema(string example)
    {
        Assert.True(JToken.Parse(File.ReadAllText(ExampleScenarioTests.PathOf(example))).IsValid(Schema, out IList<string> errors), string.Join("; ", errors));
    }

    [Fact]
    public void What_the_small_one_says_is_read()
    {
        Assert.True(JToken.Parse(ScenarioText.Valid).IsValid(Schema));
        var scenario = ScenarioText.Parse(ScenarioText.Valid);
        Assert.Equal([new Period(TimeSpan.Zero, TimeSpan.FromHours(1)), new Period(TimeSpan.FromHours(1), TimeSpan.FromHours(2))], scenario.Periods);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), scenario.End);
        Assert.Equal(new Distribution.Exponential(100), scenario.Types[0].Service[1]);
        Assert.Equal([10, 20], Assert.IsType<ArrivalProcess.Poisson>(scenario.Types[1].Arrivals).PerHour);
        Assert.Equal(TimeSpan.FromSeconds(20), scenario.Types[1].Within);
        Assert.Null(scenario.Types[0].Patience);
        Assert.Equal([3, 4], scenario.Groups[0].Agents);
        Assert.Equal([new ServedType("calls", 2), new ServedType("mails", 1)], scenario.Groups[0].Serves);
        Assert.Equal([7, 8], scenario.WithStaffing(new Dictionary<int, System.Collections.Immutable.ImmutableArray<int>> { [0] = [7, 8] }).Groups[0].Agents);
    }

    private static IReadOnlyList<ScenarioError> Errors(string json) => Assert.Throws<ScenarioException>(() => ScenarioText.Parse(json)).Errors;
}
