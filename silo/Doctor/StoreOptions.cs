using System.CommandLine;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary>Where the journal is, in the words of <c>serve</c>.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> _data = new("--data") { Description = "Folder of the SQLite journal.", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    private readonly Option<JournalStore?> _store = new("--store")
    {
        Description = "sqlite: in a file; postgres: on a server. Default: sqlite, or postgres where --postgres names one.", HelpName = "sqlite|postgres",
    };

    private readonly Option<string?> _postgres = PostgresOption.Create();

    private readonly Option<string?> _archive = new("--archive") { Description = "Folder of archived cases, where their files are not where they were written.", HelpName = "DIR" };

    public StoreOptions() => _store.AcceptOnlyFromAmong("sqlite", "postgres");

    public void AddTo(Command verb)
    {
        verb.Options.Add(_data);
        verb.Options.Add(_store);
        verb.Options.Add(_postgres);
        verb.Options.Add(_archive);
    }

    /// <summary>The tables of PostgreSQL are taken as they are.</summary>
    public HostSettings Of(ParseResult parsed) => new()
    {
        DataDirectory = parsed.GetValue(_data)!,
        Store = parsed.GetValue(_store) ?? (parsed.GetValue(_postgres) is null ? JournalStore.Sqlite : JournalStore.Postgres),
        Postgres = PostgresOption.Of(parsed.GetValue(_postgres)),
        ArchiveFolder = parsed.GetValue(_archive),
        Migrate = false,
    };
}
