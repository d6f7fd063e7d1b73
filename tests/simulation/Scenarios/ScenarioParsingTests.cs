using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>What is a scenario and what is not, by its reader and by its schema.</summary>
public sealed class ScenarioParsingTests
{
    /// <summary>Where the small scenario is changed, to what, and where the reader finds it wrong.</summary>
    public static TheoryData<string, string?, string> Invalid => new()
    {
        { "name", null, "name" },
        { "name", "\"  \"", "name" },
        { "start", "\"2026-03-02\"", "start" },
        { "start", "\"2026-03-02T08:00Z\"", "start" },
        { "start", "5", "start" },
        { "periods", "3", "periods" },
        { "periods.count", "0", "periods.count" },
        { "periods.minutes", "0", "periods.minutes" },
        { "periods.minutes", null, "periods.minutes" },
        { "periods", "[]", "periods" },
        { "periods", """[{"minutes": 60}, {"start": "9:00", "end": "10:00"}]""", "periods[1].start" },
        { "periods", """[{"minutes": 60}, {"start": "09:00", "end": "25:00"}]""", "periods[1].end" },
        { "warmUpMinutes", "-1", "warmUpMinutes" },
        { "withinSeconds", "\"20\"", "withinSeconds" },
        { "colour", "1", "colour" },
        { "types", "[]", "types" },
        { "types", null, "types" },
        { "types[0].name", null, "types[0].name" },
        { "types[1].name", "\"e mail\"", "types[1].name" },
        { "types[0].arrivals", null, "types[0].arrivals" },
        { "types[0].arrivals.process", "\"uniform\"", "types[0].arrivals.process" },
        { "types[0].arrivals.perHour", "-1", "types[0].arrivals.perHour" },
        { "types[0].arrivals.perHour", null, "types[0].arrivals.perHour" },
        { "types[1].arrivals.perHour", "[1, \"x\"]", "types[1].arrivals.perHour[1]" },
        { "types[0].service", null, "types[0].service" },
        { "types[0].service", "\"fast\"", "types[0].service" },
        { "types[0].service.distribution", "\"weibull\"", "types[0].service.distribution" },
        { "types[0].service.mean", "0", "types[0].service.mean" },
        { "types[0].service.mean", null, "types[0].service.mean" },
        { "types[0].service", """{"distribution": "lognormal", "mean": 3}""", "types[0].service.standardDeviation" },
        { "types[0].service", """{"distribution": "gamma", "shape": 2, "scale": 3, "mean": 6}""", "types[0].service.scale" },
        { "types[0].service", """{"distribution": "erlang", "k": 1.5, "mean": 6}""", "types[0].service.k" },
        { "types[0].service", """{"distribution": "deterministic", "value": -1}""", "types[0].service.value" },
        { "types[1].patience", """{"mean": 60}""", "types[1].patience.distribution" },
        { "types[0].class", "10", "types[0].class" },
        { "types[0].reach", "1.5", "types[0].reach" },
        { "types[0].attributes", """{"plan": 3}""", "types[0].attributes.plan" },
        { "types[0].attributes", """{"type": "other"}""", "types[0].attributes.type" },
        { "groups[0].agents", "-1", "groups[0].agents" },
        { "groups[0].agents", "[2.5, 3]", "groups[0].agents[0]" },
        { "groups[0].serves", "[]", "groups[0].serves" },
        { "groups[0].serves", """["mails", {"type": "calls", "level": 1}]""", "groups[0].serves" },
        { "groups[0].serves", """[{"type": "calls"}]""", "groups[0].serves[0].level" },
        { "groups[0].capacity", "0", "groups[0].capacity" },
        { "groups[0].capacity", """{"channels": {"calls": 1}}""", "groups[0].capacity.total" },
        { "groups[0].ringOutProbability", "1.5", "groups[0].ringOutProbability" },
        { "groups[0].breaks", """[{"minutes": 10}]""", "groups[0].breaks[0].atMinutes" },
        { "groups[0].breaks", """[{"everyMinutes": 60}]""", "groups[0].breaks[0].minutes" },
        { "groups[0].wrapUpMode", "\"away\"", "groups[0].wrapUpMode" },
        { "limits", """[{"type": "calls"}]""", "limits[0].waiting" },
        { "limits", """[{"waiting": 3}]""", "limits[0].type" },
        { "limits", """[{"type": "calls", "queue": "calls", "waiting": 3}]""", "limits[0].type" },
        { "workspace", """{"queues": [{"name": "calls", "strategy": "random"}]}""", "workspace.queues[0].strategy" },
        { "workspace", """{"queues": [{"autoAssign": true}]}""", "workspace.queues[0].name" },
        { "workspace", """{"queues": [{"name": "calls", "offersAtOnce": 0}]}""", "workspace.queues[0].offersAtOnce" },
        { "workspace", """{"rules": 3}""", "workspace.rules" },
        { "workspace", """{"agents": []}""", "workspace.agents" },
    };

    [Theory, MemberData(nameof(Invalid))]
    public void What_is_wrong_is_refused_with_its_path(string path, string? value, string expected) =>
        Assert.Equal([expected], Errors(ScenarioText.Change(ScenarioText.Valid, path, value)).Select(error => error.Path));

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

    [Fact]
    public void What_the_small_one_says_is_read()
    {
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
