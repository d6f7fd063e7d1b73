-- What changes several times in a case's life is in a table of open cases alone: small rows under few indexes. A case's own row is written when it is opened and
-- when it is closed, seldom between, and never so that an index of it changes, but for a change of queue: what it is when it is closed should fit its page.
CREATE TABLE open_case (
    workspace integer NOT NULL, id bigint NOT NULL, version bigint NOT NULL, routable boolean NOT NULL, status text COLLATE "C" NOT NULL,
    queue text COLLATE "C" NOT NULL, agent text COLLATE "C" NOT NULL, PRIMARY KEY (workspace, id))
    WITH (fillfactor = 50);
INSERT INTO open_case (workspace, id, version, routable, status, queue, agent)
    SELECT workspace, id, version, routable, status, queue, agent FROM case_row WHERE open;
CREATE INDEX open_case_by_holder ON open_case (workspace, agent, id) WHERE agent <> '';

DROP INDEX case_open, case_by_holder;
ALTER TABLE case_row SET (fillfactor = 45);
ALTER TABLE case_row DROP COLUMN routable, DROP COLUMN status, DROP COLUMN agent;
