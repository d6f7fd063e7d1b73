using System.Diagnostics;
using System.Text.Json;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The verb <c>simulate</c>, as a person types it. The figures have their own tests.</summary>
public sealed class SimulateVerbTests : IDisposable
{
    private const string Morning =
        """
        {
          "name": "Morning", "start": "2026-03-02T08:00", "periods": { "count": 2, "minutes": 30 },
          "types": [{ "name": "calls", "arrivals": { "process": "poisson", "perHour": 40 }, "service": { "distribution": "exponential", "mean": 240 } }],
          "groups": [{ "name": "front", "agents": [3, 4], "serves": ["calls"] }]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("routinggrid-");
    private readonly string _morning;

    public SimulateVerbTests() => _morning = Write("morning.json", Morning);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_report_the_CSV_and_the_page_are_of_the_same_figures()
    {
        var (csv, html) = (At("out.csv"), At("out.html"));
        var (exitCode, output, errors) = await Silo.RunBuilt("simulate", _morning, "--replications", "3", "--seed", "5", "--csv", csv, "--html", html);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Playing 3 replications of Morning.", errors, StringComparison.Ordinal);
        var total = output.Split('\n').Single(line => line.StartsWith("total", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arrived = File.ReadLines(csv).Single(line => line.StartsWith("first,Morning,total,total,,,arrived,", StringComparison.Ordinal)).Split(',')[8];
        Assert.Equal(total[1], double.Parse(arrived, System.Globalization.CultureInfo.InvariantCulture).ToString("F1", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains($"<td>{total[1]} <small>", File.ReadAllText(html), StringComparison.Ordinal);
        Assert.Contains($"simulate {_morning} --replications 3 --seed 5", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_line_and_the_same_every_time()
    {
        var first = await Json("--replications", "3");
        Assert.Equal(3, first.GetProperty("replications").GetInt32());
        Assert.Equal("calls", first.GetProperty("types")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, first.GetProperty("total").GetProperty("ci").GetProperty("serviceLevel").ValueKind);
        Assert.Equal(first.GetProperty("types").GetRawText(), (await Json("--replications", "3")).GetProperty("types").GetRawText());
        Assert.NotEqual(first.GetProperty("types").GetRawText(), (await Json("--replications", "3", "--seed", "2")).GetProperty("types").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await Json("--replications", "1")).GetProperty("total").GetProperty("ci").GetProperty("arrived").ValueKind);
    }

    [Fact]
    public async Task A_scenario_beside_itself_differs_in_nothing()
    {
        var verdicts = (await Json("--replications", "3", "--compare", _morning)).GetProperty("differences").GetProperty("total").GetProperty("verdict").EnumerateObject();
        Assert.All(verdicts, verdict => Assert.Equal("same", verdict.Value.GetString()));
    }

    [Fact]
    public async Task A_staffing_is_found_told_and_written()
    {
        var staffed = At("staffed.json");
        var found = await Json("--replications", "3", "--staff-for", "80/20", "--write", staffed);
        var agents = found.GetProperty("staffing").GetProperty("groups")[0].GetProperty("agents").GetRawText();
        Assert.All(found.GetProperty("staffing").GetProperty("periods").EnumerateArray(), period => Assert.InRange(period.GetProperty("serviceLevel").GetDouble(), 0.8, 1));
        Assert.Equal(agents.Replace(" ", "", StringComparison.Ordinal), JsonDocument.Parse(File.ReadAllText(staffed)).RootElement.GetProperty("groups")[0].GetProperty("agents").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        var (exitCode, output, _) = await Silo.RunBuilt("simulate", staffed, "--replications", "3", "--json");
        Assert.Equal(0, exitCode);
        Assert.Equal(found.GetProperty("total").GetRawText(), JsonDocument.Parse(output).RootElement.GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task Every_error_of_a_scenario_is_a_line_with_its_file_its_place_and_its_reason()
    {
        var broken = Write("broken.json", Morning.Replace("\"perHour\": 40", "\"perHour\": -1", StringComparison.Ordinal).Replace("[\"calls\"]", "[\"cals\"]", StringComparison.Ordinal));
        var (exitCode, output, errors) = await Silo.RunBuilt("simulate", broken);
        Assert.Equal((1, ""), (exitCode, output));
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith($"{broken}: types[0].arrivals.perHour: is -1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"{broken}: groups[0].serves[0]", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.StartsWith(broken, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--replications 0", "--replications is 0; it must be a whole number from 1 to")]
    [InlineData("--staff-for 100/20", "'100/20' is not a target: write --staff-for 80/20")]
    [InlineData("--staff-for 80/20s", "'80/20s' is not a target")]
    [InlineData("--staff-for 80/20 --compare MORNING", "--staff-for and --compare do not go together")]
    [InlineData("--write x.json", "--write is for the staffing that --staff-for finds")]
    [InlineData("--html MORNING", "would overwrite the scenario")]
    [InlineData("--csv nowhere/x.csv", "there is no such folder")]
    [InlineData("--compare missing.json", "missing.json cannot be read")]
    public async Task What_cannot_be_done_is_refused_before_anything_is_played(string options, string says)
    {
        var (exitCode, _, errors) = await Silo.RunBuilt(["simulate", _morning, .. options.Replace("MORNING", _morning, StringComparison.Ordinal).Split(' ')]);
        Assert.Equal(1, exitCode);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Playing", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_it_at_once_and_says_what_was_finished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Another process cannot press Ctrl-C on Windows.");
        var html = At("never.html");
        using var process = Silo.StartBuilt("simulate", _morning, "--replications", "100000", "--html", html);
        Assert.StartsWith("Playing 100000 replications", await process.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])!) await kill.WaitForExitAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.Matches("Stopped. [0-9]+ of 100000 replications were finished. Nothing was written.", said);
        Assert.False(File.Exists(html));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private async Task<JsonElement> Json(params string[] options)
    {
        var (exitCode, output, errors) = await Silo.RunBuilt(["simulate", _morning, "--json", .. options]);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(Assert.Single(output.TrimEnd('\n').Split('\n'))).RootElement;
    }
}
