using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>Gets what was erased out of the pages of the full-text index: there a deletion is only a mark until segments are merged.</summary>
internal static class Forgetting
{
    private const int PagesAtOnce = 400;

    /// <summary>Merges a little; false: nothing is left to merge.</summary>
    internal static bool Step(Database database)
    {
        var step = database.Ask("SELECT step FROM forgetting");
        if (step is not ("1" or "2")) return false;
        var before = database.TotalChanges;
        // Told with a minus, all segments are to become one; after that, how much of it to do now.
        database.Execute($"INSERT INTO case_text (case_text, rank) VALUES ('merge', {(step == "1" ? -PagesAtOnce : PagesAtOnce)})");
        var isDone = step == "2" && database.TotalChanges - before < 2;
        database.Execute($"UPDATE forgetting SET step = {(isDone ? 3 : 2)}");
        return true;
    }

    /// <summary>The log still has the pages as they were. False: there is nothing to empty, or others still read.</summary>
    internal static bool Empties(Database database)
    {
        if (database.Ask("SELECT step FROM forgetting") != "3") return false;
        if (database.Ask("PRAGMA wal_checkpoint(TRUNCATE)") == "0") database.Execute("UPDATE forgetting SET step = 0");
        return false;
    }
}
