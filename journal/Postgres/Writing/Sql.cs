using Npgsql;
using NpgsqlTypes;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>The statements of a lane. Each takes a whole group's rows.</summary>
/// <remarks>But for those of erasures, each names one table by an index, or has an offset that leaves no other order: plans are made once, also for tables that are nearly empty then, and a join might begin
/// with the whole of one that has a million rows a minute later.</remarks>
internal static class Sql
{
    /// <summary>The state of an error: a claimed key was taken for free.</summary>
    internal const string ClaimedBefore = "RG002";

    /// <summary>The state of an error: another process writes alone.</summary>
    internal const string SomebodyAlone = "RG003";

    internal const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>The first statement of what is written for an epoch: it fails where that is over.</summary>
    internal const string WriteFor = "CALL write_for($1)";

    /// <summary>The same where others may write too: it fails while somebody is active alone.</summary>
    internal const string WriteBeside = "CALL write_beside()";

    internal const string FindStreams =
        """
        SELECT u.place, s.id FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS u(place, workspace, kind, key)
        CROSS JOIN LATERAL (SELECT id FROM stream WHERE workspace = u.workspace::integer AND kind = u.kind AND key = u.key OFFSET 0) s
        """;

    internal const string MakeWorkspaces =
        "INSERT INTO workspace (name) SELECT u.name FROM unnest($1::text[]) AS u(name) ON CONFLICT DO NOTHING";

    internal const string FindWorkspaces = "SELECT name, id FROM workspace WHERE name = ANY($1::text[])";

    // The order of the result is the order of locking: every transaction locks rows by ascending id, so that no two wait for each other. A stream that
    // has another name by now is not found: an erased customer's, whose old name is somebody else's.
    internal const string LockStreams = "SELECT id, key FROM stream WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE";

    // A statement of its own, which sees what was committed while the locks were waited for.
    internal const string Versions =
        "SELECT greatest(version, (SELECT max(version) FROM slice WHERE stream = stream.id)) FROM stream WHERE id = ANY($1::bigint[]) ORDER BY id";

    internal const string FindClaims = "SELECT key, value FROM claim WHERE key = ANY($1::text[])";

    internal const string FindKeys = "SELECT id FROM personal_key WHERE id = ANY($1::bigint[]) AND key IS NOT NULL";

    internal const string AddKeys = "INSERT INTO personal_key (id, customer, key) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])";

    internal const string DestroyKeys =
        "UPDATE personal_key k SET key = NULL, pseudonym = u.name FROM unnest($1::bigint[], $2::text[]) AS u(customer, name) WHERE k.customer = u.customer";

    internal const string RenameStreams = "UPDATE stream s SET key = u.key FROM unnest($1::bigint[], $2::text[]) AS u(id, key) WHERE s.id = u.id";

    internal const string DeleteDocuments =
        "DELETE FROM document d USING unnest($1::text[], $2::text[]) AS u(collection, key) WHERE d.collection = u.collection AND d.key = u.key";

    internal const string EraseClaims =
        """
        WITH gone AS (
            DELETE FROM claim c USING unnest($1::text[], $2::text[], $3::text[]) AS u(key, erased, value) WHERE c.key = u.key RETURNING u.erased, u.value)
        INSERT INTO claim (key, value) SELECT erased, value FROM gone
        """;

    internal const string SlicesOf = "SELECT position, stream, version, events FROM slice WHERE stream = ANY($1::bigint[])";

    internal const string ChangeSlices =
        """
        UPDATE slice s SET events = u.events, checksum = u.checksum FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u(position, checksum, events)
        WHERE s.position = u.position
        """;

    internal const string TakeIds = "SELECT nextval('stream_id') FROM generate_series(1, $1::integer)";

    internal const string CreateStreams =
        """
        INSERT INTO stream (id, workspace, kind, key, version)
        SELECT unnest($1::bigint[]), unnest($2::integer[]), unnest($3::text[]), unnest($4::text[]), unnest($5::bigint[])
        """;

    internal const string NotClaimed = "CALL not_claimed($1)";

    internal const string Claim = "INSERT INTO claim (key, value) SELECT unnest($1::text[]), unnest($2::text[])";

    // The first array is in order, and the bucket of one of its numbers is its place.
    internal const string Advance =
        "UPDATE stream SET version = ($2::bigint[])[width_bucket(id, $1::bigint[])] WHERE id = ANY($1::bigint[])";

    internal const string AddCases =
        """
        INSERT INTO case_row (workspace, id, version, body_version, open, queue, customer, body)
        SELECT unnest($1::bigint[])::integer, unnest($2::bigint[]), unnest($3::bigint[]), unnest($3::bigint[]), unnest($4::boolean[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[])
        """;

    internal const string PutCases =
        $"""
        {AddCases} ON CONFLICT (workspace, id) DO UPDATE SET version = excluded.version, body_version = excluded.body_version, open = excluded.open,
            queue = excluded.queue, customer = excluded.customer, body = excluded.body
        """;

    internal const string AddOpen =
        """
        INSERT INTO open_case (workspace, id, version, routable, status, queue, agent)
        SELECT unnest($1::bigint[])::integer, unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::boolean[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[])
        """;

    internal const string PutOpen =
        $"""
        {AddOpen} ON CONFLICT (workspace, id) DO UPDATE SET version = excluded.version, routable = excluded.routable, status = excluded.status,
            queue = excluded.queue, agent = excluded.agent
        """;

    internal const string RemoveOpen =
        """
        DELETE FROM open_case WHERE ctid = ANY (ARRAY (
            SELECT o.ctid FROM unnest($1::bigint[], $2::bigint[]) AS u(workspace, id)
            CROSS JOIN LATERAL (SELECT ctid FROM open_case WHERE workspace = u.workspace::integer AND id = u.id OFFSET 0) o))
        """;

    internal const string LeaveAgents = "DELETE FROM case_agent WHERE id = ANY($1::bigint[])";

    internal const string JoinAgents =
        """
        INSERT INTO case_agent (workspace, id, agent) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])
        ON CONFLICT DO NOTHING
        """;

    internal const string PutAgents =
        """
        INSERT INTO agent_row (workspace, id, body) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])
        ON CONFLICT (workspace, id) DO UPDATE SET body = excluded.body
        """;

    internal const string RemoveDeadlines =
        """
        DELETE FROM deadline WHERE ctid = ANY (ARRAY (
            SELECT d.ctid FROM unnest($1::bigint[], $2::text[], $3::text[]) AS u(owner, kind, key)
            CROSS JOIN LATERAL (SELECT ctid FROM deadline WHERE owner = u.owner AND kind = u.kind AND key = u.key OFFSET 0) d))
        """;

    internal const string PutDeadlines =
        """
        INSERT INTO deadline (owner, kind, key, shard, due) SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[])::smallint, unnest($5::bigint[])
        ON CONFLICT (owner, kind, key) DO UPDATE SET due = excluded.due
        """;

    internal const string AddOffers =
        "INSERT INTO offer_deadline (shard, due, owner, key) SELECT unnest($1::bigint[])::smallint, unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::text[])";

    internal const string RemoveOffers =
        """
        DELETE FROM offer_deadline WHERE ctid = ANY (ARRAY (
            SELECT d.ctid FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) AS u(shard, due, owner, key)
            CROSS JOIN LATERAL (SELECT ctid FROM offer_deadline WHERE shard = u.shard::smallint AND due = u.due AND owner = u.owner AND key = u.key OFFSET 0) d))
        """;

    internal const string AddSlices =
        """
        WITH taken AS MATERIALIZED (SELECT take_positions($1) AS before),
            added AS (
                INSERT INTO slice (position, stream, version, events, checksum)
                SELECT (SELECT before FROM taken) + unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::text[]), unnest($6::bigint[]))
        SELECT before FROM taken
        """;

    internal const string LastPosition = "SELECT last_value FROM last_position";

    internal static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        batch.BatchCommands.Add(command);
    }

    internal static TOut[] Map<TIn, TOut>(this List<TIn> list, Converter<TIn, TOut> map) => [.. list.ConvertAll(map)];

    private static NpgsqlParameter Parameter(object value) => new()
    {
        Value = value,
        NpgsqlDbType = value switch
        {
            long[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            int[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
            bool[] => NpgsqlDbType.Array | NpgsqlDbType.Boolean,
            string[] or ReadOnlyMemory<byte>[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
            byte[][] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            long => NpgsqlDbType.Bigint,
            int => NpgsqlDbType.Integer,
            _ => throw new ArgumentException($"{value.GetType()} is no parameter of a lane.", nameof(value)),
        },
    };
}
