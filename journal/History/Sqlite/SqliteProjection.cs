using RoutingGrid.Journal.History.Sqlite.Search;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.History.Sqlite;

/// <summary>Some tables of a history in SQLite, and how steps change them.</summary>
internal abstract class SqliteProjection
{
    /// <summary>All of them. One that is added, or another schema or meaning, makes every history be built anew.</summary>
    internal static IReadOnlyList<(string Schema, int Meaning, Func<Database, SqliteProjection> Open)> All { get; } =
    [
        (CaseTables.Schema, CaseTables.Meaning, static database => new CaseTables(database)),
        (Reports.ReportTables.Schema, Reports.ReportTables.Meaning, static database => new Reports.ReportTables(database)),
    ];

    /// <summary>Within the transaction that moves the position. All or nothing: where it throws, nothing of it stays.</summary>
    internal abstract void Write(IReadOnlyList<HistoryStep> steps);

    /// <summary>The transaction was undone: forgets what was remembered of it.</summary>
    internal virtual void Forget() { }
}
