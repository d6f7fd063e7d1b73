using Npgsql;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Some tables of a history in PostgreSQL, and how steps change them. The tables are made by a migration.</summary>
internal abstract class PostgresProjection
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<(string[] Tables, Func<NpgsqlConnection, PostgresProjection> Open)> All { get; } =
    [
        (CaseTables.Tables, static connection => new CaseTables(connection)),
        (Reports.ReportTables.Tables, static connection => new Reports.ReportTables(connection)),
    ];

    /// <summary>Another number wherever rows would come out otherwise than before: then every history is built anew.</summary>
    internal const int Meaning = 4;

    /// <summary>Within the transaction that moves the position.</summary>
    internal abstract Task Write(IReadOnlyList<HistoryStep> steps);

    /// <summary>The transaction was undone: forgets what was remembered of it.</summary>
    internal virtual void Forget() { }
}
