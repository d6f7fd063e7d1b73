using System.Text.Json;
using System.Text.RegularExpressions;

namespace RoutingGrid.Tidy.Tests;

/// <summary>The verb <c>erlang</c>, as a person types it. The formulas have their own tests.</summary>
public sealed partial class ErlangVerbTests
{
    [Fact]
    public async Task What_the_README_shows_is_what_it_prints()
    {
        var readme = Repository.Read("README.md");
        var commands = Command().Matches(readme);
        Assert.NotEmpty(commands);
        foreach (Match command in commands)
        {
            var (exitCode, output, _) = await Silo.RunBuilt(["erlang", .. command.Groups[1].Value.Split(' ')]);
            Assert.Equal(0, exitCode);
            foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                Assert.Contains(line, readme, StringComparison.Ordinal);
        }
    }

    [Theory] // Erlang B and C of 50 Erlang with 55 agents: the textbook's loss and delay formulas, to ten digits from 40-digit arithmetic.
    [InlineData("--queue-limit 0", "Erlang B (M/M/n/n)", "refusedShare", 0.0537488121)]
    [InlineData("", "Erlang C (M/M/n)", "waitedShare", 0.3845473179)]
    public async Task Json_is_one_line_with_the_asked_and_the_answer(string options, string model, string name, double value)
    {
        var answer = await Json($"--calls 500 --aht 180 --agents 55 {options} --json");
        Assert.Equal(model, answer.GetProperty("model").GetString());
        Assert.Equal((500, 1800, 180, 50), (Number(answer, "calls"), Number(answer, "intervalSeconds"), Number(answer, "ahtSeconds"), Number(answer, "offeredLoad")));
        Assert.Equal(value, Number(answer, name), 10);
    }

    [Fact]
    public async Task A_target_is_met_by_the_agents_found_and_not_by_one_less()
    {
        var answer = await Json("--calls 500 --aht 180 --patience 60 --target 80/20 --json");
        Assert.Equal((0.8, 20), (Number(answer, "targetShare"), Number(answer, "withinSeconds")));
        Assert.InRange(Number(answer, "serviceLevel"), 0.8, 1);
        var around = answer.GetProperty("around").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range((int)Number(answer, "agents") - 3, 7), around.Select(row => row.GetProperty("agents").GetInt32()));
        Assert.InRange(Number(around[2], "serviceLevel"), 0, 0.8);
    }

    [Theory]
    [InlineData("--aht 180 --agents 5", "--calls")]
    [InlineData("--calls 500 --aht x --agents 5", "--aht is x; it must be a number from 0.001 to")]
    [InlineData("--calls NaN --aht 180 --agents 5", "--calls is NaN; it must be a number")]
    [InlineData("--calls 500 --aht 180 --agents 5.5", "--agents is 5.5; it must be a whole number from 1 to 100000")]
    [InlineData("--calls 500 --aht 180 --agents 60 --patience -1", "--patience is -1; it must be a number")]
    [InlineData("--calls 500 --aht 180 --agents 60 --queue-limit -1", "--queue-limit is -1; it must be a whole number")]
    [InlineData("--calls 500 --aht 180 --target 80%", "--target is 80%; write percent/seconds, as 80/20")]
    [InlineData("--calls 500 --aht 180 --target 100/20", "--target is 100/20")]
    [InlineData("--calls 500 --aht 180", "Give --agents N for what they come to, or --target 80/20")]
    [InlineData("--calls 500 --aht 180 --agents 60 --target 80/20", "--agents 60 and --target ask two questions")]
    [InlineData("--calls 500 --aht 180 --target 80/20 --within 10", "leave out --within 10")]
    [InlineData("--calls 500 --aht 180 --agents 50", "--agents 50 cannot carry 50 Erlang: where nobody gives up, the queue grows without end. Give at least --agents 51")]
    [InlineData("--calls 5e5 --aht 180 --agents 5 --patience 60", "--agents 5 against 50,000 Erlang: hardly anybody would be served. Give at least --agents 500")]
    [InlineData("--calls 5e6 --aht 180 --target 80/20", "are 500,000 Erlang; with --target it can be 100,000")]
    [InlineData("--calls 5e5 --aht 180 --agents 50000 --patience 1e6", "--patience is 1000000; for this load it can be 36000 seconds")]
    public async Task What_makes_no_sense_is_refused_with_what_to_do(string options, string says)
    {
        var (exitCode, _, errors) = await Silo.RunBuilt(["erlang", .. options.Split(' ')]);
        Assert.Equal(1, exitCode);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Json(string options)
    {
        var (exitCode, output, errors) = await Silo.RunBuilt(["erlang", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((0, ""), (exitCode, errors));
        return JsonDocument.Parse(Assert.Single(output.TrimEnd('\n').Split('\n'))).RootElement;
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    [GeneratedRegex(@"^    dotnet run -c Release --project silo -- erlang (.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
