using System.CommandLine;
using Microsoft.Extensions.Logging;
using RoutingGrid.Silo.Archive;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Serve;

/// <summary><c>serve</c>: the server, until it is told to stop.</summary>
internal static class ServeVerb
{
    private const string Teaching = """
        Runs the server: the HTTP API, live feeds, the wallboard, and the routing behind them.

        The first start makes an administrator's key and shows it once, on the standard output. Keep it: only
        its hash is stored. With it, make a workspace and bring a message in:

          export KEY=rg_…
          curl -X PUT http://127.0.0.1:8080/v1/workspaces/demo/configuration -H "Authorization: Bearer $KEY" \
               -H "Content-Type: application/json" -d '{
                 "channels": [{"name": "chat", "offerTimeoutSeconds": 20}],
                 "accounts": [{"id": "@brand", "channel": "chat"}],
                 "queues":   [{"name": "care"}], "defaultQueue": "care",
                 "agents":   [{"id": "ana", "queues": ["care"], "capacity": 3}]}'
          curl -X POST http://127.0.0.1:8080/v1/workspaces/demo/messages -H "Authorization: Bearer $KEY" \
               -H "Content-Type: application/json" \
               -d '{"messageId":"m1","channel":"chat","account":"@brand","author":"joe","text":"Hello?"}'
          curl -N "http://127.0.0.1:8080/v1/workspaces/demo/live" -H "Authorization: Bearer $KEY"

        All routes: http://127.0.0.1:8080/openapi/v1.json   Health: /health/live and /health/ready
        Stop with Ctrl-C or SIGTERM: running requests end, agents' work stays. Nothing acknowledged is lost, however it stops.

        Examples:
          serve                                     SQLite in ./data, http://127.0.0.1:8080
          serve --data /var/lib/routinggrid         another folder; one server per folder
          serve --urls http://0.0.0.0:80            reachable from outside: put TLS in front of it
          serve --postgres "Host=127.0.0.1;Database=routinggrid;Username=routinggrid"
                                                    PostgreSQL; the environment variable ROUTINGGRID_POSTGRES may have the connection.
                                                    A second one on the same database stands by, and takes over when the first ends
          serve --archive-after 90d                 what was closed 90 days ago goes to files in ./data/archive, in the background
          serve --store memory --urls http://127.0.0.1:0   forgets all at the end; any free port
        """;

    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder of the journal; made if need be.", HelpName = "DIR", DefaultValueFactory = _ => "data",
        };
        var store = new Option<JournalStore?>("--store")
        {
            Description = "sqlite: durable, in a file; postgres: durable, on a server; memory: gone when it stops. Default: sqlite, or postgres where --postgres names one.",
            HelpName = "sqlite|postgres|memory",
        };
        var postgres = PostgresOption.Create();
        var noMigrate = new Option<bool>("--no-migrate") { Description = "Refuse to start where the PostgreSQL tables are not up to date, instead of migrating them." };
        var noStandBy = new Option<bool>("--no-stand-by") { Description = "Refuse to start while another server is active on the PostgreSQL journal, instead of standing by to take over." };
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen; several are separated by semicolons.", HelpName = "URLS", DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var archiveAfter = new Option<TimeSpan?>("--archive-after")
        {
            Description = "Move cases that were closed so long ago out of the tables, to files: 90d, 12h. Default: all stay.", HelpName = "AGE", CustomParser = AgeOption.Parse,
        };
        var archiveTo = new Option<string?>("--archive-to") { Description = "Folder of those files. Default: archive, in the folder of --data.", HelpName = "FOLDER" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Log warnings and errors only." };
        var verb = new Command("serve", Teaching) { data, store, postgres, noMigrate, noStandBy, urls, archiveAfter, archiveTo, quiet };
        verb.SetAction((parsed, cancel) => Server.Run(
            new HostSettings
            {
                DataDirectory = parsed.GetValue(data)!,
                Store = parsed.GetValue(store) ?? (parsed.GetValue(postgres) is null ? JournalStore.Sqlite : JournalStore.Postgres),
                Postgres = PostgresOption.Of(parsed.GetValue(postgres)),
                Migrate = !parsed.GetValue(noMigrate),
                StandBy = !parsed.GetValue(noStandBy),
                Urls = parsed.GetValue(urls)!,
                ArchiveFolder = parsed.GetValue(archiveTo),
                Retention = parsed.GetValue(archiveAfter) is { } age ? new RetentionSettings(age, ArchiveRun.FolderOf(parsed.GetValue(archiveTo), parsed.GetValue(data)!)) : null,
                LogLevel = parsed.GetValue(quiet) ? LogLevel.Warning : LogLevel.Information,
            },
            Console.Out, Console.Error, cancel));
        return verb;
    }
}
