namespace RoutingGrid.Journal.Postgres.Archive;

/// <summary>The statements of archiving.</summary>
internal static class Sql
{
    /// <summary>One process archives at a time: the others' announced files would be leftovers to it. The session of one that was killed may still be ending.</summary>
    internal const string Alone = "SET lock_timeout = '5s'; SELECT pg_advisory_lock(x'5241000000000000'::bigint)";

    internal const string Leftovers = "SELECT id, folder, name FROM archive_file WHERE last IS NULL";

    internal const string Announce =
        "INSERT INTO archive_file (folder, name) VALUES ($1, $2 || '-' || substr(md5(random()::text || clock_timestamp()::text), 1, 12) || '.jsonl.gz') RETURNING id, name";

    internal const string Forget = "DELETE FROM archive_file WHERE id = $1 AND last IS NULL";

    internal const string Workspaces = "SELECT id, name FROM workspace ORDER BY id";

    internal const string Closed =
        """
        SELECT c.id, t.key, c.body FROM case_row c JOIN stream t ON t.id = c.id
        WHERE c.workspace = $1 AND c.id > $2 AND NOT c.open AND NOT EXISTS (SELECT FROM deadline WHERE owner = c.id) ORDER BY c.id LIMIT $3
        """;

    internal const string Archived = "SELECT stream, max(version) FROM archived WHERE stream = ANY($1::bigint[]) GROUP BY stream";

    internal const string Slices = "SELECT position, version, checksum, events, stream FROM slice WHERE stream = ANY($1::bigint[]) ORDER BY stream, version";

    internal const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    // In the order of ids, as every writer locks them.
    internal const string Lock = "SELECT s.id FROM stream s WHERE s.id = ANY($1::bigint[]) ORDER BY s.id FOR NO KEY UPDATE";

    // A statement of its own, which sees what was committed while the locks were waited for.
    internal const string Versions =
        """
        SELECT s.id, greatest(s.version, c.version) FROM stream s LEFT JOIN case_row c ON c.workspace = s.workspace AND c.id = s.id
        WHERE s.id = ANY($1::bigint[])
        """;

    /// <summary>From here on there is no row that has them.</summary>
    internal const string KeepVersions =
        """
        UPDATE stream s SET version = greatest(s.version, c.version) FROM case_row c
        WHERE s.id = ANY($1::bigint[]) AND c.workspace = s.workspace AND c.id = s.id
        """;

    internal const string HasDeadlines = "SELECT EXISTS (SELECT FROM deadline WHERE owner = ANY($1::bigint[]))";

    // A customer is known by number. Each has a stream, but for what tests make up.
    internal const string NameCustomers =
        """
        INSERT INTO stream (id, workspace, kind, key, version)
        SELECT nextval('stream_id'), c.workspace, 'Customer', c.customer, 0 FROM (SELECT DISTINCT workspace, customer FROM case_row WHERE id = ANY($1::bigint[])) c
        WHERE NOT EXISTS (SELECT FROM stream s WHERE s.workspace = c.workspace AND s.kind = 'Customer' AND s.key = c.customer)
        """;

    internal const string Add =
        """
        INSERT INTO archived (stream, version, after, first, position, customer, queue, closed, file, place, length)
        SELECT u.stream, u.version, u.after, u.first, u.position, s.id, c.queue, u.closed, $8, u.place, u.length::integer
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $9::bigint[])
            AS u(stream, version, after, first, position, closed, place, length)
        JOIN stream t ON t.id = u.stream JOIN case_row c ON c.workspace = t.workspace AND c.id = u.stream
        JOIN stream s ON s.workspace = t.workspace AND s.kind = 'Customer' AND s.key = c.customer
        """;

    internal const string AddKeys =
        """
        INSERT INTO personal_key (id, customer, key)
        SELECT u.id, a.customer, u.key FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS u(stream, id, key) JOIN archived a ON a.stream = u.stream AND a.file = $4
        """;

    internal const string RemoveSlices = "DELETE FROM slice WHERE stream = ANY($1::bigint[])";

    internal const string RemoveRows = "DELETE FROM case_row c USING stream t WHERE t.id = ANY($1::bigint[]) AND c.workspace = t.workspace AND c.id = t.id";

    internal const string Finish = "UPDATE archive_file SET first = $2, last = $3 WHERE id = $1 AND last IS NULL";
}
