using Npgsql;
using NpgsqlTypes;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>The statements of a lane. Each takes a whole group's rows.</summary>
internal static class Sql
{
    internal const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>The first statement of what is written for an epoch: it fails where that is over.</summary>
    internal const string WriteFor = "CALL write_for($1)";

    internal const string FindStreams =
        """
        SELECT u.place, s.id FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS u(place, workspace, kind, key)
        JOIN stream s ON s.workspace = u.workspace::integer AND s.kind = u.kind AND s.key = u.key
        """;

    internal const string MakeWorkspaces =
        "INSERT INTO workspace (name) SELECT u.name FROM unnest($1::text[]) AS u(name) ON CONFLICT DO NOTHING";

    internal const string FindWorkspaces = "SELECT name, id FROM workspace WHERE name = ANY($1::text[])";

    // The order of the result is the order of locking: every transaction locks rows by ascending id, so that no two wait for each other. A stream that
    // has another name by now is not found: an erased customer's, whose old name is somebody else's.
    internal const string LockStreams =
        """
        SELECT s.id, s.version FROM unnest($1::bigint[], $2::text[]) AS u(id, key) JOIN stream s ON s.id = u.id AND s.key = u.key
        ORDER BY s.id FOR NO KEY UPDATE OF s
        """;

    internal const string FindClaims = "SELECT c.key, c.value FROM unnest($1::text[]) AS u(key) JOIN claim c ON c.key = u.key";

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
        SELECT * FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::bigint[])
        """;

    internal const string Claim = "INSERT INTO claim (key, value) SELECT * FROM unnest($1::text[], $2::text[])";

    internal const string Advance =
        "UPDATE stream s SET version = u.version FROM unnest($1::bigint[], $2::bigint[]) AS u(id, version) WHERE s.id = u.id";

    internal const string PutCases =
        """
        INSERT INTO case_row (workspace, id, open, routable, status, queue, customer, body)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::boolean[], $4::boolean[], $5::text[], $6::text[], $7::text[], $8::text[])
        ON CONFLICT (workspace, id) DO UPDATE SET open = excluded.open, routable = excluded.routable, status = excluded.status,
            queue = excluded.queue, customer = excluded.customer, body = excluded.body
        """;

    internal const string LeaveAgents =
        """
        DELETE FROM case_agent a USING unnest($1::bigint[], $2::text[]) AS u(id, agents)
        WHERE a.id = u.id AND NOT a.agent = ANY (string_to_array(u.agents, E'\x1f'))
        """;

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
        DELETE FROM deadline d USING unnest($1::bigint[], $2::text[], $3::text[]) AS u(owner, kind, key)
        WHERE d.owner = u.owner AND d.kind = u.kind AND d.key = u.key
        """;

    internal const string PutDeadlines =
        """
        INSERT INTO deadline (owner, kind, key, shard, due) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
        ON CONFLICT (owner, kind, key) DO UPDATE SET due = excluded.due
        """;

    internal const string AddSlices =
        """
        WITH taken AS MATERIALIZED (SELECT take_positions($1) AS before),
            added AS (
                INSERT INTO slice (position, stream, version, events, checksum)
                SELECT t.before + u.place, u.stream, u.version, u.events, u.checksum
                FROM taken t, unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[]) AS u(place, stream, version, events, checksum))
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
