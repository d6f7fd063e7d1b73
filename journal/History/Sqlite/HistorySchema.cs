using System.Globalization;
using System.Text;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.History.Sqlite;

/// <summary>The tables of a history file. They are derived, so there are no migrations: a file of another schema is made anew.</summary>
internal static class HistorySchema
{
    /// <summary>RGH1: says to others, and to us, whose file this is.</summary>
    internal const int ApplicationId = 0x52474831;

    private const string Own = "CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, mark TEXT NOT NULL, archive INTEGER NOT NULL);";

    /// <summary>Another number for every other set of tables.</summary>
    internal static int Version { get; } = (int)(Checksum.Of(0, 0, Encoding.UTF8.GetBytes(
        Own + string.Concat(SqliteProjection.All.Select(projection => projection.Schema + projection.Meaning)))) & 0x7fffffff);

    internal static bool IsIn(Database database) =>
        Number(database.Ask("PRAGMA application_id")) == ApplicationId && Number(database.Ask("PRAGMA user_version")) == Version;

    internal static bool IsOthers(Database database) =>
        Number(database.Ask("PRAGMA application_id")) != ApplicationId && Number(database.Ask("SELECT count(*) FROM sqlite_master")) != 0;

    internal static void Make(Database database)
    {
        database.Execute("BEGIN IMMEDIATE");
        database.Execute(Own);
        foreach (var (schema, _, _) in SqliteProjection.All) database.Execute(schema);
        database.Execute($"INSERT INTO followed VALUES (1, 0, '', 0); PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}");
        database.Execute("COMMIT");
    }

    private static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
