-- Names of streams and workspaces are stored once; everything else refers to them by number. Text is compared byte by byte, so that
-- neither an order nor an index depends on the server's locale.
CREATE TABLE workspace (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);

-- Ids grow in the order of arrival: newest first is the order of ids. The row is what a writer locks, and its version is what an
-- append is checked against.
CREATE SEQUENCE stream_id;
CREATE TABLE stream (
    id bigint PRIMARY KEY, workspace integer NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, version bigint NOT NULL)
    WITH (fillfactor = 70);
CREATE UNIQUE INDEX stream_by_name ON stream (workspace, kind, key);

-- The events that one append wrote to one stream. Position and version are those of the last one.
CREATE TABLE slice (position bigint PRIMARY KEY, stream bigint NOT NULL, version bigint NOT NULL, events text NOT NULL);
CREATE UNIQUE INDEX slice_by_stream ON slice (stream, version);

CREATE TABLE claim (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);

CREATE TABLE case_row (
    workspace integer NOT NULL, id bigint NOT NULL, open boolean NOT NULL, routable boolean NOT NULL, status text COLLATE "C" NOT NULL,
    queue text COLLATE "C" NOT NULL, customer text COLLATE "C" NOT NULL, body text NOT NULL, PRIMARY KEY (workspace, id))
    WITH (fillfactor = 60);
CREATE INDEX case_open ON case_row (workspace, id) WHERE open;
CREATE INDEX case_by_queue ON case_row (workspace, queue, id);
CREATE INDEX case_by_customer ON case_row (workspace, customer, id);

-- Who holds a case or has a live offer of it.
CREATE TABLE case_agent (id bigint NOT NULL, agent text COLLATE "C" NOT NULL, workspace integer NOT NULL, PRIMARY KEY (id, agent));
CREATE INDEX case_by_agent ON case_agent (workspace, agent, id);

CREATE TABLE agent_row (workspace integer NOT NULL, id bigint NOT NULL, body text NOT NULL, PRIMARY KEY (workspace, id)) WITH (fillfactor = 50);

CREATE TABLE deadline (
    owner bigint NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, shard smallint NOT NULL, due bigint NOT NULL,
    PRIMARY KEY (owner, kind, key));
CREATE INDEX deadline_by_time ON deadline (shard, due);

-- Etags count up over all documents and are never used again.
CREATE SEQUENCE etag;
CREATE TABLE document (
    collection text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, etag bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (collection, key));

-- Takes a block of positions for the calling transaction and answers the position before it. Other transactions take theirs without
-- waiting for this one to end, so they may become visible in another order. What readers need to know is registered first: an advisory
-- lock, held until the transaction has ended, that carries the position before the block (docs/ARCHITECTURE.md, "Positions").
-- The session lock around it all lasts microseconds: registering and taking must be one step, seen from other writers.
CREATE SEQUENCE last_position MINVALUE 0 START 0;
CREATE FUNCTION take_positions(count bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before bigint;
BEGIN
    IF count = 0 THEN
        SELECT last_value INTO before FROM routinggrid.last_position;
        RETURN before;
    END IF;
    PERFORM pg_advisory_lock(x'5248000000000000'::bigint);
    SELECT last_value INTO before FROM routinggrid.last_position;
    PERFORM pg_advisory_xact_lock_shared(x'5247000000000000'::bigint + before);
    PERFORM setval('routinggrid.last_position', before + count);
    PERFORM pg_advisory_unlock(x'5248000000000000'::bigint);
    RETURN before;
END $$;
