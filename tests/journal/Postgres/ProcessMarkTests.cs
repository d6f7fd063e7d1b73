using System.Diagnostics;
using RoutingGrid.Journal.Postgres.Leadership;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class ProcessMarkTests
{
    [Fact]
    public void One_that_runs_is_not_over() => Assert.False(ProcessMark.IsOver(ProcessMark.Own));

    [Fact]
    public void One_that_has_ended_is_over() => Assert.True(ProcessMark.IsOver(EndedProcess.Mark()));

    [Fact]
    public void One_whose_number_another_process_has_now_is_over()
    {
        var own = ProcessMark.Own.Split('/');
        Assert.True(ProcessMark.IsOver($"{own[0]}/{own[1]}/{own[2]}/1"));
    }

    [Theory]
    [InlineData(0, "another-boot")]
    [InlineData(1, "pid:[1]")]
    public void Of_one_elsewhere_nothing_is_known(int part, string value)
    {
        var ended = EndedProcess.Mark().Split('/');
        ended[part] = value;
        Assert.False(ProcessMark.IsOver(string.Join('/', ended)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no mark")]
    [InlineData("a/b/c/d")]
    public void What_is_no_mark_says_nothing(string mark) => Assert.False(ProcessMark.IsOver(mark));
}

/// <summary>A process that has run and is over.</summary>
internal static class EndedProcess
{
    public static string Mark()
    {
        using var process = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var mark = ProcessMark.Of(process.Id);
        process.StandardInput.Close();
        process.WaitForExit();
        return mark;
    }
}
