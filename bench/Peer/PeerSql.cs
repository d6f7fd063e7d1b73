namespace RoutingGrid.Bench.Peer;

/// <summary>A case's life as rows of tables that are claimed. It keeps what is needed to route and to answer, and no history.</summary>
/// <remarks>Each step is one statement and one commit. A message id is taken once, a customer has one open case, an agent holds no more than
/// their capacity, an offer has an end: what the journal promises too.</remarks>
internal static class PeerSql
{
    internal const string Tables =
        """
        CREATE TABLE agent (id integer PRIMARY KEY, capacity integer NOT NULL, load integer NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE cases (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer text COLLATE "C" NOT NULL, queue smallint NOT NULL, class smallint NOT NULL DEFAULT 0,
            status smallint NOT NULL DEFAULT 0, entered timestamptz NOT NULL DEFAULT now(), agent integer, expires timestamptz, answers integer NOT NULL DEFAULT 0,
            answered timestamptz, closed timestamptz) WITH (fillfactor = 70);
        CREATE UNIQUE INDEX open_case ON cases (customer) WHERE status < 3;
        CREATE INDEX waiting ON cases (queue, class DESC, entered, id) WHERE status = 0;
        CREATE INDEX offered ON cases (expires) WHERE status = 1;
        CREATE TABLE message (id text COLLATE "C" PRIMARY KEY, case_id bigint NOT NULL, body text NOT NULL, at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE reply (id text COLLATE "C" PRIMARY KEY, case_id bigint NOT NULL, agent integer NOT NULL, body text NOT NULL, at timestamptz NOT NULL DEFAULT now());
        """;

    /// <summary>A message: in the customer's open case, or in a new one that waits. No row: it was there before.</summary>
    internal const string Receive =
        """
        WITH found AS (SELECT id FROM cases WHERE customer = $2 AND status < 3),
            opened AS (INSERT INTO cases (customer, queue) SELECT $2, $3 WHERE NOT EXISTS (SELECT FROM found) AND NOT EXISTS (SELECT FROM message WHERE id = $1) RETURNING id)
        INSERT INTO message (id, case_id, body) SELECT $1, id, $4 FROM (SELECT id FROM found UNION ALL SELECT id FROM opened) c ON CONFLICT DO NOTHING RETURNING case_id
        """;

    /// <summary>The first case of either queue that nobody else is claiming, offered to an agent who has room. No row: nothing waits.</summary>
    internal const string Offer =
        """
        WITH room AS (UPDATE agent SET load = load + 1 WHERE id = $1 AND load < capacity RETURNING id),
            next AS (SELECT c.id FROM cases c, room WHERE c.status = 0 AND c.queue = $2 ORDER BY c.class DESC, c.entered, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
        UPDATE cases c SET status = 1, agent = $1, expires = now() + interval '20 s' FROM next WHERE c.id = next.id RETURNING c.id
        """;

    internal const string Accept = "UPDATE cases SET status = 2, expires = NULL WHERE id = $1 AND agent = $2 AND status = 1 AND expires > now()";

    internal const string Answer =
        """
        WITH answered AS (UPDATE cases SET answers = answers + 1, answered = coalesce(answered, now()) WHERE id = $2 AND agent = $3 AND status = 2 RETURNING id)
        INSERT INTO reply (id, case_id, agent, body) SELECT $1, id, $3, $4 FROM answered
        """;

    internal const string Close =
        """
        WITH closed AS (UPDATE cases SET status = 3, closed = now() WHERE id = $1 AND agent = $2 AND status = 2 RETURNING id)
        UPDATE agent SET load = load - 1 WHERE id = $2 AND EXISTS (SELECT FROM closed)
        """;
}
