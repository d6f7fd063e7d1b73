using System.Text.Json.Nodes;
using Npgsql;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Api.Tests;

/// <summary><c>migrate</c>, and <c>serve</c> on PostgreSQL, as a person runs them.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private PostgresServer _server = null!;

    private string Connection => _server.Connection("postgres") + ";Password=hunter2";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        _server = await PostgresServer.Start(isDurable: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Tables_are_made_once_and_a_dry_run_makes_none()
    {
        await using (var serve = ServeProcess.Verb("serve", "--postgres", Connection, "--no-migrate", "--urls", "http://127.0.0.1:0"))
        {
            Assert.Equal(1, await serve.Ended());
            Assert.Contains("migrate", serve.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(["would apply 0001-journal", "would apply 0002-leadership"], (await Migrate("--dry-run"))[..2]);
        var applied = await Migrate();
        Assert.Equal("applied 0001-journal", applied[0]);
        Assert.EndsWith("now up to date.", applied[^1], StringComparison.Ordinal);
        Assert.Equal([applied[^1].Replace("now up to date", "up to date", StringComparison.Ordinal)], await Migrate());
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_afterwards_and_the_journal_is_sound()
    {
        using var data = new TemporaryFolder();
        string key;
        await using (var serve = await ServeProcess.Start(data.Path, "--postgres", Connection))
        {
            key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            for (var number = 0; number < 20; number++)
                (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, Center.Message($"m{number}", author: $"author-{number}"))).Expect(201);
            await serve.Kill();
            Assert.DoesNotContain("hunter2", serve.Errors, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(data.Path));

        await using (var again = await ServeProcess.Start(data.Path, "--postgres", Connection, "--quiet"))
        {
            Assert.Null(again.FirstKey);
            Assert.Equal(20, (await again.Send(HttpMethod.Get, "/v1/workspaces/acme/cases?limit=100", key)).Expect(200).Body!["items"]!.AsArray().Count);
            again.Terminate();
            Assert.Equal(0, await again.Ended());
        }
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = Connection }, TimeProvider.System);
        var audit = await JournalAudit.Of(journal, TimeSpan.FromMinutes(10));
        Assert.True(audit.Violations.Count == 0, string.Join(Environment.NewLine, audit.Violations));
        Assert.True(audit.Events >= 60);
    }

    [Fact]
    public async Task The_journal_is_checked_beside_its_server_and_at_rest_and_its_rows_are_rebuilt()
    {
        using var data = new TemporaryFolder();
        var (none, _, missing) = await Run("doctor", "--postgres", Connection);
        Assert.Equal(1, none);
        Assert.Contains("migrate", missing, StringComparison.Ordinal);
        await using (var serve = await ServeProcess.Start(data.Path, "--postgres", Connection, "--quiet"))
        {
            var key = serve.FirstKey!;
            (await serve.Send(HttpMethod.Put, "/v1/workspaces/acme/configuration", key, Center.Configuration())).Expect(200);
            for (var number = 0; number < 20; number++)
                (await serve.Send(HttpMethod.Post, "/v1/workspaces/acme/messages", key, Center.Message($"m{number}", author: $"author-{number}"))).Expect(201);
            var (live, beside, errors) = await Run("doctor", "--postgres", Connection, "--live", "--json");
            Assert.True(live == 0, beside + errors);
            Assert.True(JsonNode.Parse(beside)!["events"]!.GetValue<long>() >= 60);
            Assert.False(JsonNode.Parse(beside)!["rowsCompared"]!.GetValue<bool>());
            serve.Terminate();
            await serve.Ended();
        }
        await using (var source = NpgsqlDataSource.Create(Connection + ";Pooling=false"))
        await using (var command = source.CreateCommand("DELETE FROM routinggrid.case_row"))
            Assert.Equal(20, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, (await Run("doctor", "--postgres", Connection)).Exit);
        Assert.StartsWith("Rebuilt: 20 cases, ", (await Run("rebuild", "--postgres", Connection)).Output, StringComparison.Ordinal);
        var (exit, report, said) = await Run("doctor", "--postgres", Connection);
        Assert.True(exit == 0, report + said);
        Assert.StartsWith("Sound: ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_server_no_other_one_starts_and_what_needs_a_journal_at_rest_is_refused()
    {
        ServeProcess.SkipWithoutLease();
        using var data = new TemporaryFolder();
        await using var serve = await ServeProcess.Start(data.Path, "--postgres", Connection, "--quiet");
        foreach (var verb in (string[][])[["serve", "--no-stand-by", "--urls", "http://127.0.0.1:0"], ["doctor"], ["rebuild"]])
        {
            var (inUse, _, why) = await Run([.. verb, "--postgres", Connection]);
            Assert.Equal(1, inUse);
            Assert.Contains("in use by another server", why, StringComparison.Ordinal);
            Assert.Equal(verb is ["doctor"], why.Contains("--live", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Without_a_connection_or_a_server_it_says_what_to_do()
    {
        foreach (var arguments in (string[][])[["migrate"], ["serve", "--store", "postgres"], ["doctor", "--store", "postgres"], ["rebuild", "--store", "postgres"]])
        {
            await using var verb = ServeProcess.Verb(arguments);
            Assert.Equal(1, await verb.Ended());
            Assert.Contains("--postgres", verb.Errors, StringComparison.Ordinal);
        }
        foreach (var verbName in (string[])["migrate", "serve", "doctor", "rebuild"])
        {
            await using var verb = ServeProcess.Verb(verbName, "--postgres", "Host=127.0.0.1;Port=1;Username=joe;Password=hunter2");
            Assert.Equal(1, await verb.Ended());
            Assert.Contains("127.0.0.1:1", verb.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", verb.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", verb.Errors, StringComparison.Ordinal);
        }
    }

    private async Task<string[]> Migrate(params string[] more)
    {
        var (exit, output, _) = await Run(["migrate", "--postgres", Connection, .. more]);
        Assert.Equal(0, exit);
        return output.Split('\n');
    }

    private static async Task<(int Exit, string Output, string Errors)> Run(params string[] arguments)
    {
        var run = await ServeProcess.Run(arguments);
        Assert.DoesNotContain("hunter2", run.Output + run.Errors, StringComparison.Ordinal);
        return run;
    }
}
