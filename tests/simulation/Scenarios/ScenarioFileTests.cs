using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>Files that a scenario names.</summary>
public sealed class ScenarioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenario").FullName;

    [Fact]
    public void Recorded_times_are_seconds_or_local_times_and_of_several_types()
    {
        Write("arrivals.csv", "time,type\n10,calls\n2026-03-02T08:00:05,calls\n7.5,mails\n\n\"3600\",\"calls\"\n");
        var scenario = Parse("types[0].arrivals", """{"process": "recorded", "file": "arrivals.csv"}""");
        Assert.Equal([5, 10, 3600], Assert.IsType<ArrivalProcess.Recorded>(scenario.Types[0].Arrivals).Times.Select(time => time.TotalSeconds));
    }

    [Fact]
    public void Bad_lines_are_named_by_number()
    {
        Write("arrivals.csv", "10\nsoon\n20,calls,3\n7200\n-1\n30\n");
        var error = Refused("types[0].arrivals", """{"process": "recorded", "file": "arrivals.csv"}""");
        Assert.Equal("types[0].arrivals.file", error.Path);
        Assert.Contains("line 2: \"soon\" is not a time; line 3: there are 3 columns; line 4: 7200 is not within the periods; line 5: -1 is not within the periods.",
            error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_a_file_are_drawn_from()
    {
        Write("services.txt", "10\n20.5\n\n30\n");
        var scenario = Parse("types[0].service", """{"distribution": "empirical", "file": "services.txt"}""");
        Assert.Equal([10, 20.5, 30], Assert.IsType<Distribution.Empirical>(scenario.Types[0].Service[0]).Values);
    }

    [Fact]
    public void Bad_values_are_named_by_line()
    {
        Write("services.txt", "10\n-3\n1,5\n");
        var error = Refused("types[0].service", """{"distribution": "empirical", "file": "services.txt"}""");
        Assert.Contains("line 2: \"-3\"", error.Reason, StringComparison.Ordinal);
        Assert.Contains("line 3: \"1,5\"", error.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Scenario Parse(string path, string json) => Scenario.Parse(ScenarioText.Change(ScenarioText.Valid, path, json), _folder);

    private ScenarioError Refused(string path, string json) => Assert.Single(Assert.Throws<ScenarioException>(() => Parse(path, json)).Errors);
}
