using System.Globalization;
using RoutingGrid.Api.Tests.Crash;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Api.Tests;

/// <summary>kill -9 of real servers, again and again, while customers write and agents work: what was acknowledged is there, once, and
/// every case goes on.</summary>
/// <remarks>The environment variable ROUTINGGRID_KILLS sets the number of kills, ROUTINGGRID_KILL_SEED another drawing of their moments.</remarks>
public sealed class KillTests(ITestOutputHelper output)
{
    // Agents who idled beside waiting cases, and cases served out of turn: while no server ran, nobody could match.
    private static readonly int[] OfTime = [7, 8];

    private static readonly int Seed = Setting("ROUTINGGRID_KILL_SEED", 1);

    [Fact]
    public async Task On_SQLite_kills_lose_nothing_and_repeat_nothing()
    {
        await using var site = new SqliteSite();
        await Survive(site, Setting("ROUTINGGRID_KILLS", 8));
        Assert.DoesNotContain(" fail:", site.Serve.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_kills_of_either_server_or_both_lose_nothing_and_repeat_nothing()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var site = new PostgresSite(await PostgresServer.Start(isDurable: true));
        // Each of them costs a lease, and with five there is one of every kind.
        await Survive(site, Setting("ROUTINGGRID_KILLS", 5));
    }

    [Fact]
    public async Task On_SQLite_kills_beside_archiving_lose_nothing_and_repeat_nothing()
    {
        await using var site = new SqliteSite(archives: true);
        await Survive(site, Setting("ROUTINGGRID_KILLS", 4));
    }

    [Fact]
    public async Task On_PostgreSQL_kills_beside_archiving_of_either_server_or_both_lose_nothing_and_repeat_nothing()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var site = new PostgresSite(await PostgresServer.Start(isDurable: true), archives: true);
        await Survive(site, Setting("ROUTINGGRID_KILLS", 5));
    }

    private async Task Survive(CrashSite site, int kills)
    {
        var run = new CrashRun(site, Seed);
        try
        {
            await run.Run(kills);
        }
        finally
        {
            output.WriteLine($"Seed {Seed}: {run}, {site.ArchiveFiles} archive files");
        }
        await site.Serve.Kill();
        await using var journal = await site.OpenJournal();
        var audit = await JournalAudit.Of(journal, TimeSpan.FromSeconds(60));
        var violations = audit.Violations.Where(violation => !OfTime.Contains(violation.Invariant)).ToArray();
        Assert.True(violations.Length == 0, string.Join(Environment.NewLine, violations.AsEnumerable()));
        Assert.True(audit.Events > run.Ledger.Messages + run.Ledger.Commands, $"Only {audit.Events} events were written.");
        if (journal is IJournalMaintenance maintenance)
            await foreach (var damage in maintenance.Inspect()) Assert.Fail($"{damage.Position}: {damage.What}");
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        await foreach (var difference in history.Inspect()) Assert.Fail(difference);
        Assert.Equal(site.Archives, site.ArchiveFiles > 0);
    }

    private static int Setting(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
