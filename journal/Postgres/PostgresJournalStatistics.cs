namespace RoutingGrid.Journal.Postgres;

/// <summary>Counts since the journal was opened.</summary>
/// <param name="Groups">Commits.</param>
/// <param name="Writes">Appends in them, with those that were refused for their version or claim.</param>
public readonly record struct PostgresJournalStatistics(long Groups, long Writes);
