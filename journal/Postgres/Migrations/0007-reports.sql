-- Reports (docs/REPORTS.md): sums by quarter of an hour, and what is remembered of cases, agents and configurations until it has ended. Part of the
-- history: derived from the events, and filled anew whenever it is emptied. Nothing here is about a customer.
CREATE TABLE report_queue (
    workspace text COLLATE "C" NOT NULL, quarter bigint NOT NULL, queue text COLLATE "C" NOT NULL,
    arrived bigint NOT NULL, transferred_in bigint NOT NULL, transferred_out bigint NOT NULL, assigned bigint NOT NULL, assigned_in_time bigint NOT NULL,
    wait_ms bigint NOT NULL, answered bigint NOT NULL, abandoned bigint NOT NULL, closed bigint NOT NULL, handled bigint NOT NULL, handling_ms bigint NOT NULL,
    longest_wait_ms bigint NOT NULL, PRIMARY KEY (workspace, quarter, queue))
    WITH (fillfactor = 70);
CREATE TABLE report_agent (
    workspace text COLLATE "C" NOT NULL, quarter bigint NOT NULL, agent text COLLATE "C" NOT NULL,
    offers bigint NOT NULL, accepted bigint NOT NULL, declined bigint NOT NULL, rung_out bigint NOT NULL, withdrawn bigint NOT NULL, superseded bigint NOT NULL,
    given bigint NOT NULL, answers bigint NOT NULL, handled bigint NOT NULL, handling_ms bigint NOT NULL, closed bigint NOT NULL,
    first_act bigint, last_act bigint, PRIMARY KEY (workspace, quarter, agent))
    WITH (fillfactor = 70);
CREATE TABLE report_time (
    workspace text COLLATE "C" NOT NULL, quarter bigint NOT NULL, agent text COLLATE "C" NOT NULL, activity text COLLATE "C" NOT NULL, ms bigint NOT NULL,
    PRIMARY KEY (workspace, quarter, agent, activity))
    WITH (fillfactor = 70);

-- Until a case is closed, an agent signs out, or for good.
CREATE TABLE report_case (
    workspace text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, again boolean NOT NULL, handling_ms bigint NOT NULL, hands text NOT NULL,
    waiting_since bigint, queue text COLLATE "C" NOT NULL, queued_at bigint NOT NULL, PRIMARY KEY (workspace, case_id))
    WITH (fillfactor = 70);
CREATE INDEX report_case_waiting ON report_case (workspace, queued_at) WHERE waiting_since IS NOT NULL;
CREATE TABLE report_shift (
    workspace text COLLATE "C" NOT NULL, agent text COLLATE "C" NOT NULL, activity text NOT NULL, since bigint NOT NULL, PRIMARY KEY (workspace, agent))
    WITH (fillfactor = 70);
CREATE TABLE report_level (
    workspace text COLLATE "C" NOT NULL, position bigint NOT NULL, queue text COLLATE "C" NOT NULL, seconds integer NOT NULL, PRIMARY KEY (workspace, position, queue));
