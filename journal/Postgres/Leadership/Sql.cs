namespace RoutingGrid.Journal.Postgres.Leadership;

internal static class Sql
{
    /// <summary>The state of an error: another server has taken over from the one that wanted to write.</summary>
    internal const string TakenOver = "RG001";

    /// <summary>Every change of the row is told on it.</summary>
    internal const string Listen = "LISTEN routinggrid_leadership";

    internal const string Look =
        """
        SELECT epoch, holder, process, extract(epoch FROM leased_until)::double precision, extract(epoch FROM leased_until - clock_timestamp())::double precision
        FROM leadership
        """;

    // Alone with it, no write of the old epoch is under way. Who waits for longer than this is behind a transaction whose process stands still.
    internal const string WaitAtMost = "SELECT set_config('lock_timeout', '300ms', false)";
    internal const string EndWrites = "SELECT pg_advisory_xact_lock(x'524B000000000000'::bigint)";

    internal const string Take =
        """
        UPDATE leadership SET epoch = epoch + 1, holder = $1, process = $2, leased_until = clock_timestamp() + $3
        WHERE leased_until <= clock_timestamp() OR epoch = $4 RETURNING epoch
        """;

    internal const string Renew = "UPDATE leadership SET leased_until = clock_timestamp() + $2 WHERE epoch = $1 RETURNING epoch";

    internal const string Release = "UPDATE leadership SET leased_until = clock_timestamp() WHERE epoch = $1";

    internal const string Tell = "SELECT pg_notify('routinggrid_leadership', '')";

    /// <summary>Ends the transactions of a process whose lease ran out, or that is over.</summary>
    internal const string EndSessions =
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid::bigint = x'524B0000'::bigint AND objid = 0 AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
            AND EXISTS (SELECT FROM leadership WHERE leased_until <= clock_timestamp() OR epoch = $1)
        """;
}
