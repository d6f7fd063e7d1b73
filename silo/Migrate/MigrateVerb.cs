using System.CommandLine;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Migrate;

/// <summary><c>migrate</c>: the tables of a PostgreSQL journal, brought up to date.</summary>
internal static class MigrateVerb
{
    private const int Refused = 1;

    private const string Teaching = """
        Makes or updates the tables of a journal on PostgreSQL, and says what it did. All of them are in the schema routinggrid.

        `serve` does the same at its start unless it is told --no-migrate; this is for those who give the right to change
        tables to another user than the server's, or want to look first. It is safe to run beside others that do the same:
        one works, the rest wait and find it done. Each script is one transaction: it is applied as a whole or not at all.
        A database that a newer version has migrated is refused. Before an update, make a backup: pg_dump DATABASE.

        The user must be allowed to create a schema in the database (its owner is). A password belongs into the environment
        (ROUTINGGRID_POSTGRES, or PGPASSWORD) or into ~/.pgpass: others see what a process was started with.

        Examples:
          migrate --postgres "Host=127.0.0.1;Database=routinggrid;Username=routinggrid"
          migrate --dry-run --postgres "Host=db.example;Database=routinggrid;Username=routinggrid;SSL Mode=VerifyFull"
        """;

    public static Command Create()
    {
        var postgres = PostgresOption.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and change nothing." };
        var verb = new Command("migrate", Teaching) { postgres, dryRun };
        verb.SetAction((parsed, cancel) => Run(PostgresOption.Of(parsed.GetValue(postgres)), parsed.GetValue(dryRun), Console.Out, Console.Error, cancel));
        return verb;
    }

    /// <summary>0 when the tables are up to date, or a dry run has said what is missing; 1 when they cannot be, with the reason on
    /// <paramref name="errors"/>.</summary>
    internal static async Task<int> Run(string? connection, bool dryRun, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        if (connection is null)
        {
            errors.WriteLine($"migrate: no PostgreSQL server is named. Use --postgres, or the environment variable {Journals.PostgresVariable}.");
            return Refused;
        }
        try
        {
            var run = await PostgresMigrations.Apply(connection, dryRun, cancel);
            foreach (var migration in run.Migrations) output.WriteLine($"{(dryRun ? "would apply" : "applied")} {migration}");
            output.WriteLine($"{run.Place}: schema {run.Version}, {(run.Migrations.IsEmpty ? "up to date" : dryRun ? $"{run.Migrations.Length} missing" : "now up to date")}.");
            return 0;
        }
        catch (JournalUnusableException e)
        {
            errors.WriteLine($"migrate: {e.Message}");
            return Refused;
        }
    }
}
