using System.Text.Json;
using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class ReplayReportTests
{
    private const string Table =
        """
        type      calls            served         abandoned            waited         mean wait          p90 wait         occupancy
                            rec.    repl.     rec.    repl.     rec.    repl.     rec.    repl.     rec.    repl.     rec.    repl.
        NE            1        0        0        1        1  100.0 %  100.0 %   40.0 s   40.0 s   40.0 s   40.0 s    0.0 %    0.0 %
        PS            1        1        1        0        0    0.0 %  100.0 %    0.0 s   12.5 s    0.0 s   12.5 s  100.0 %   90.6 %
        total         2        1        1        1        1   50.0 %  100.0 %   20.0 s   26.2 s   40.0 s   40.0 s  100.0 %   90.6 %
        """;

    private static readonly ReplayResult Result = Played();

    [Fact]
    public void The_table_is_aligned_and_has_a_row_per_type_and_the_total()
    {
        var lines = ReplayReport.Text(Result).Split('\n');
        Assert.Equal("Anonymous Bank, 1999-01-03 to 1999-01-03: recorded (rec.) beside replayed (repl.)", lines[0]);
        Assert.Equal("1 agents, seed 1, wrap-up 30 s", lines[1]);
        Assert.Equal(Table.Split('\n'), lines[3..8]);
    }

    [Fact]
    public void The_report_says_what_the_file_does_not_show()
    {
        var text = ReplayReport.Text(Result);
        Assert.Contains("breaks and after-call work, so the replayed center does better", text, StringComparison.Ordinal);
        Assert.Contains("--wrap-up SECONDS", text, StringComparison.Ordinal);
        Assert.Contains("Ilan Guedj and Avi Mandelbaum", text, StringComparison.Ordinal);
        Assert.Contains("3 bad lines", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bad line", ReplayReport.Text(Result with { BadLines = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_is_one_line_with_the_agreed_names()
    {
        var line = ReplayJson.Line(Result);
        Assert.DoesNotContain('\n', line);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            "calls, served, abandoned, waitedShare, meanWaitSeconds, p90WaitSeconds, occupancy, recordedServed, recordedAbandoned, "
            + "recordedMeanWaitSeconds, virtualSeconds, wallSeconds, badLines, journalHash",
            string.Join(", ", json.EnumerateObject().Select(property => property.Name)));
        Assert.Equal([2, 1, 1], new[] { "calls", "served", "abandoned" }.Select(name => json.GetProperty(name).GetInt32()));
        Assert.Equal(26.25, json.GetProperty("meanWaitSeconds").GetDouble());
        Assert.Equal(20, json.GetProperty("recordedMeanWaitSeconds").GetDouble());
        Assert.Equal("abc", json.GetProperty("journalHash").GetString());
    }

    private static ReplayResult Played()
    {
        var plan = BankText.Plan(BankText.Read(BankText.Line(), BankText.HungUp("10:00:30", 40, "NE")), wrapUp: 30);
        ReplayedCall[] calls =
        [
            new(plan.Calls[0], TimeSpan.FromSeconds(12.5), "ANAT"),
            new(plan.Calls[1], TimeSpan.FromSeconds(40), null),
        ];
        return new ReplayResult
        {
            Plan = plan,
            Replayed = CenterStatistics.Of(plan, calls),
            VirtualSeconds = 120,
            WallSeconds = 0.5,
            BadLines = 3,
            JournalHash = "abc",
        };
    }
}
