using System.Globalization;

namespace RoutingGrid.Journal.Tests.Sqlite;

public sealed class CrashTests : SqliteTest
{
    [Theory, InlineData(1), InlineData(50), InlineData(2000)]
    public async Task Everything_that_a_killed_process_acknowledged_is_there(int acknowledgements)
    {
        using var writer = OtherProcess.Start("write-until-killed", FilePath);
        var lines = new List<string>();
        while (lines.Count < acknowledgements) lines.Add(await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await writer.StandardError.ReadToEndAsync()));
        writer.Kill();
        // What it had said before the end is still in the pipe. The last line may be half of one.
        var rest = (await writer.StandardOutput.ReadToEndAsync()).Split('\n');
        lines.AddRange(rest.SkipLast(1));
        await writer.WaitForExitAsync();

        await using var journal = await Open();
        var all = await journal.ReadAll().ToListAsync();
        Assert.Equal(Enumerable.Range(1, all.Count).Select(i => (long)i), all.Select(r => r.Position));
        var there = all.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Stream.Id} {r.Version} {r.Position}")).ToHashSet();
        Assert.DoesNotContain(lines, line => !there.Contains(line));

        foreach (var stream in all.GroupBy(r => r.Stream.Id))
        {
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(r => r.Version));
            Assert.Equal(stream.Count(), (await journal.Read.Case(Given.Workspace, stream.Key))!.State.Version);
        }
        await Commit(journal, Given.Append(Given.Notes(Given.Case("0"), all.Count(r => r.Stream.Id == "0"), "after")));
    }
}
