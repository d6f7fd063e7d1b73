-- The history: what is looked for rather than known. All of it is derived from the events, and can be emptied and filled anew at any time (docs/ARCHITECTURE.md, "History").
-- One row, which whoever follows locks first: several processes may, and each batch is written once.
CREATE TABLE history_followed (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), position bigint NOT NULL, mark text NOT NULL, meaning integer NOT NULL);
INSERT INTO history_followed (position, mark, meaning) VALUES (0, '', 0);

CREATE TABLE history_workspace (number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, cases bigint NOT NULL);
CREATE TABLE history_name (code integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind smallint NOT NULL, text text COLLATE "C" NOT NULL, UNIQUE (kind, text));

-- The id is the workspace's number and the case's place in it, newest highest. The position is that of the first event; cursors have it.
CREATE TABLE history_case (
    id bigint PRIMARY KEY, key text COLLATE "C" NOT NULL, position bigint NOT NULL, customer text COLLATE "C" NOT NULL, customer_number text COLLATE "C");
CREATE INDEX history_case_by_key ON history_case (key);
CREATE INDEX history_case_by_position ON history_case ((id >> 36), position);
CREATE INDEX history_case_by_customer ON history_case (customer, id);
CREATE INDEX history_case_by_customer_number ON history_case (customer_number, id) WHERE customer_number IS NOT NULL;

-- Columns of a thousand cases each. Neither compressed nor put elsewhere: they are read by the hundred.
CREATE TABLE history_block (id bigint PRIMARY KEY, body bytea NOT NULL) WITH (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE history_block ALTER COLUMN body SET STORAGE PLAIN;
CREATE TABLE history_held (workspace integer NOT NULL, agent integer NOT NULL, number bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (workspace, agent, number));

-- Words, their stems in Spanish and English, and lexemes that no word can be, for the block and for the group of blocks: with them the index finds
-- the newest matches without looking at all.
CREATE TABLE history_text (id bigint PRIMARY KEY, words tsvector NOT NULL);
-- What waits to be put into an index is read by every search.
CREATE INDEX history_text_by_word ON history_text USING gin (words) WITH (gin_pending_list_limit = 512);
CREATE TABLE history_author (id bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX history_author_by_word ON history_author USING gin (words) WITH (fastupdate = off);
