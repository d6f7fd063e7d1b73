using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Postgres.Migrations;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class MigrationTests : PostgresTest
{
    private static readonly Migration Bad = new(Migration.All.Count + 1, "bad", "CREATE TABLE half (x integer); SELECT 1 / 0;");
    private static readonly Migration Good = new(Migration.All.Count + 1, "good", "CREATE TABLE whole (x integer);");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Empty = await TestDatabases.CreateEmpty();
    }

    private string Empty { get; set; } = "";

    [Fact]
    public async Task Of_several_processes_that_start_at_once_one_migrates_and_all_go_on()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresMigrations.Apply(Empty, dryRun: false)));
        Assert.Equal(Migration.All.Count, Assert.Single(applied, run => run.Migrations.Length > 0).Migrations.Length);
        Assert.All(applied, run => Assert.Equal(Migration.All.Count, run.Version));
        var journal = await Open(new PostgresJournalOptions { Connection = Empty, Migrate = false });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_does_nothing()
    {
        var run = await PostgresMigrations.Apply(Empty, dryRun: true);
        Assert.Equal("0001-journal", run.Migrations[0]);
        Assert.Equal(0, run.Version);
        Assert.Equal(0L, await TestDatabases.Ask(Empty, "SELECT count(*) FROM pg_namespace WHERE nspname = 'routinggrid'"));
        Assert.Contains("migrate", (await Assert.ThrowsAsync<JournalUnusableException>(() => Open(new PostgresJournalOptions { Connection = Empty, Migrate = false }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_not_touched()
    {
        await Execute("INSERT INTO migration (version, name, checksum) SELECT 1000, 'of the future', ''");
        Assert.Contains("newer version (schema 1000", (await Assert.ThrowsAsync<JournalUnusableException>(() => Open())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_with_other_contents_is_refused()
    {
        await Execute("UPDATE migration SET checksum = 'x' WHERE version = 1");
        Assert.Contains("0001", (await Assert.ThrowsAsync<JournalUnusableException>(() => Open())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_and_can_be_repeated()
    {
        await using var server = new Server(Options);
        var migrator = new Migrator(server);
        await Assert.ThrowsAsync<JournalUnusableException>(() => migrator.Apply([.. Migration.All, Bad], CancellationToken.None));
        Assert.Equal($"{Migration.All.Count}", await Ask("SELECT max(version) FROM migration"));
        Assert.Equal("", await Ask("SELECT to_regclass('half')::text"));
        Assert.Equal([Good], await migrator.Apply([.. Migration.All, Good], CancellationToken.None));
        Assert.Empty(await migrator.Apply([.. Migration.All, Good], CancellationToken.None));
        Assert.Equal("whole", await Ask("SELECT to_regclass('whole')::text"));
    }

    /// <summary>What changed places since is undone by hand, as an earlier version left it.</summary>
    [Fact]
    public async Task Open_cases_and_offers_of_an_earlier_version_are_where_this_one_looks()
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        await journal.DisposeAsync();
        await Execute(
            """
            ALTER TABLE case_row ADD COLUMN routable boolean, ADD COLUMN status text COLLATE "C", ADD COLUMN agent text COLLATE "C" NOT NULL DEFAULT '';
            UPDATE case_row c SET routable = o.routable, status = o.status, agent = o.agent FROM open_case o WHERE o.id = c.id;
            CREATE INDEX case_open ON case_row (workspace, id) WHERE open;
            CREATE INDEX case_by_holder ON case_row (workspace, agent, id) WHERE agent <> '';
            INSERT INTO deadline (owner, kind, key, shard, due) SELECT owner, 'OfferExpires', key, shard, due FROM offer_deadline;
            DROP TABLE open_case, offer_deadline;
            DELETE FROM migration WHERE version >= 12;
            """);

        journal = await Open();
        Assert.Equal(["1", "2", "3"], (await journal.Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Equal("3", Assert.Single(await journal.Read.CasesOf(Given.Workspace, "ana")).CaseId);
        Assert.Equal([new QueueCount("support", CaseStatus.Queued, 2), new QueueCount("support", CaseStatus.Offered, 1)], await journal.Read.OpenByQueue(Given.Workspace));
        Assert.Empty((await Audit.JournalAudit.Of(journal, TimeSpan.FromSeconds(30))).Violations);
        Assert.Empty(await ((IJournalMaintenance)journal).Inspect().ToListAsync());
        Assert.Equal("0", await Ask("SELECT count(*) FROM deadline"));
    }

    [Fact]
    public async Task A_database_in_another_encoding_is_refused()
    {
        var server = await TestDatabases.Server();
        await TestDatabases.Execute(server.Connection("postgres"), "CREATE DATABASE in_latin TEMPLATE template0 ENCODING 'LATIN1'");
        Assert.Contains("UTF8", (await Assert.ThrowsAsync<JournalUnusableException>(() => PostgresMigrations.Apply(server.Connection("in_latin"), dryRun: false))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_may_not_change_tables_needs_no_more_than_the_rights_that_the_documentation_names()
    {
        await Execute(
            """
            CREATE ROLE server LOGIN;
            GRANT USAGE ON SCHEMA routinggrid TO server;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA routinggrid TO server;
            GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA routinggrid TO server;
            """);
        var connection = Connection.Replace("Username=postgres", "Username=server", StringComparison.Ordinal);
        var journal = await Open(new PostgresJournalOptions { Connection = connection, Migrate = false, Exclusive = true });
        await Commit(journal, new Append(
            [Given.Notes(Given.Case("1"), 0, "a")], [Given.Put("1", Given.Offered(Given.Queued(), "ana")), Given.PutDeadline(Given.Deadline("1", 1))], [new Claim("key", "1")]));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 1, "a"), Given.Put("1", Given.Queued()), Given.Remove(Given.Deadline("1", 1))));
        Assert.Equal([1, 2], await Positions(journal));
        var etag = await journal.Documents.Put("c", "k", default, null);
        Assert.True(await journal.Documents.Delete("c", "k", etag));
        Assert.Contains("migrate", (await Assert.ThrowsAsync<JournalUnusableException>(
            () => Open(new PostgresJournalOptions { Connection = Empty.Replace("Username=postgres", "Username=server", StringComparison.Ordinal) }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_do_not_depend_on_line_ends() =>
        Assert.Equal(new Migration(1, "a", "x\ny\n").Checksum, new Migration(1, "a", "x\r\ny\r\n").Checksum);
}
