-- The words of authors, by their first letter, of a thousand cases each: a search reads a row per block, whatever it asks. Kept in the row where they fit into a page.
DROP TABLE history_author;
CREATE TABLE history_author (id bigint PRIMARY KEY, body bytea NOT NULL) WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE history_author ALTER COLUMN body SET STORAGE EXTERNAL;
