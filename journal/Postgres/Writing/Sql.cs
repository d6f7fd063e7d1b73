using Npgsql;
using NpgsqlTypes;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>The statements of a lane. Each takes a whole group's rows.</summary>
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
        JOIN stream s ON s.workspace = u.workspace::integer AND s.kind = u.kind AND s.key = u.key
        """;

    internal const string MakeWorkspaces =
        "INSERT INTO workspace (name) SELECT u.name FROM unnest($1::text[]) AS u(name) ON CONFLICT DO NOTHING";

    internal const string FindWorkspaces = "SELECT name, id FROM workspace WHERE name = ANY($1::text[])";

    // The order of the result is the order of locking: every transaction locks rows by ascending id, so that no two wait for each other. A stream that
    // has another name by now is not found: an erased customer's, whose old name is somebody else's.
    internal const string LockStreams =
        """
        SELECT s.id FROM unnest($1::bigint[], $2::text[]) AS u(id, key) JOIN stream s ON s.id = u.id AND s.key = u.key
        ORDER BY s.id FOR NO KEY UPDATE OF s
        """;

    // A statement of its own, which sees what was committed while the locks were waited for.
    internal const string Versions =
        """
        SELECT greatest(s.version, c.version), c.id IS NOT NULL FROM unnest($1::bigint[]) AS u(id) JOIN stream s ON s.id = u.id
        LEFT JOIN case_row c ON c.workspace = s.workspace AND c.id = s.id ORDER BY s.id
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
        SELECT unnest($1::bigint[]), unnest($2::integer[]), unnest($3::text[]), unnest($4::text[]), unnest($5::bigint[])
        """;

    internal const string NotClaimed = "CALL not_claimed($1)";

    internal const string Claim = "INSERT INTO claim (key, value) SELECT unnest($1::text[]), unnest($2::text[])";

    internal const string Advance =
        "UPDATE stream s SET version = u.version FROM unnest($1::bigint[], $2::bigint[]) AS u(id, version) WHERE s.id = u.id";

    private const string CaseColumns = "workspace, id, version, open, routable, status, queue, customer, agent, body";

    private const string CaseValues =
        """
        SELECT unnest($1::bigint[])::integer AS workspace, unnest($2::bigint[]) AS id, unnest($3::bigint[]) AS version, unnest($4::boolean[]) AS open,
            unnest($5::boolean[]) AS routable, unnest($6::text[]) AS status, unnest($7::text[]) AS queue, unnest($8::text[]) AS customer,
            unnest($9::text[]) AS agent, unnest($10::text[]) AS body
        """;

    internal const string AddCases = $"INSERT INTO case_row ({CaseColumns}) {CaseValues}";

    internal const string ChangeCases =
        $"""
        UPDATE case_row c SET version = u.version, open = u.open, routable = u.routable, status = u.status, queue = u.queue, customer = u.customer,
            agent = u.agent, body = u.body
        FROM ({CaseValues}) u WHERE c.workspace = u.workspace AND c.id = u.id
        """;

    internal const string PutCases =
        $"""
        INSERT INTO case_row ({CaseColumns}) {CaseValues}
        ON CONFLICT (workspace, id) DO UPDATE SET version = excluded.version, open = excluded.open, routable = excluded.routable, status = excluded.status,
            queue = excluded.queue, customer = excluded.customer, agent = excluded.agent, body = excluded.body
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
        DELETE FROM deadline d USING unnest($1::bigint[], $2::text[], $3::text[]) AS u(owner, kind, key)
        WHERE d.owner = u.owner AND d.kind = u.kind AND d.key = u.key
        """;

    internal const string PutDeadlines =
        """
        INSERT INTO deadline (owner, kind, key, shard, due) SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[])::smallint, unnest($5::bigint[])
        ON CONFLICT (owner, kind, key) DO UPDATE SET due = excluded.due
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
