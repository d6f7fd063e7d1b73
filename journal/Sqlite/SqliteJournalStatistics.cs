namespace RoutingGrid.Journal.Sqlite;

/// <summary>Counts since the journal was opened.</summary>
/// <param name="Groups">Commits.</param>
/// <param name="Writes">Appends and documents in them, with those that were refused for their version or claim.</param>
public readonly record struct SqliteJournalStatistics(long Groups, long Writes);
