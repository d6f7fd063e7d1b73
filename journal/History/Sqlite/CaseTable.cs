using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.History.Sqlite;

/// <summary>A row per case, numbered in the order of their first events.</summary>
internal sealed class CaseTable(Database database) : SqliteProjection
{
    internal const int Meaning = 1;

    internal const string Schema =
        """
        CREATE TABLE found_case (id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL);
        CREATE UNIQUE INDEX found_case_by_key ON found_case (workspace, key);
        """;

    private readonly Statement _add = database.Prepare("INSERT INTO found_case (workspace, key, position) VALUES (?, ?, ?)");

    internal override void Write(IReadOnlyList<HistoryStep> steps)
    {
        foreach (var step in steps)
        {
            if (step is not CaseStep { Before.Version: 0 } first) continue;
            _add.Bind(1, first.Workspace);
            _add.Bind(2, first.CaseId);
            _add.Bind(3, first.Recorded.Position);
            _add.Run();
        }
    }
}
