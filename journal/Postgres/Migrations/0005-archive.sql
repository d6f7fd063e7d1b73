-- A file of archived cases. Announced before it is written; the first and the last position in it are set by the transaction in which its cases leave the
-- other tables.
CREATE TABLE archive_file (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, folder text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL UNIQUE, first bigint,
    last bigint);
CREATE INDEX archive_file_by_last ON archive_file (last);

-- Versions of a case that are in a file: from the one after `after` to `version`, at positions from `first` to `position`; in the file from byte
-- `place` on. The customer is the number of their stream.
CREATE TABLE archived (
    stream bigint NOT NULL, version bigint NOT NULL, after bigint NOT NULL, first bigint NOT NULL, position bigint NOT NULL,
    customer bigint NOT NULL, queue text COLLATE "C" NOT NULL, closed bigint NOT NULL, file bigint NOT NULL, place bigint NOT NULL, length integer NOT NULL,
    PRIMARY KEY (stream, version));
CREATE INDEX archived_by_customer ON archived (customer, stream);
CREATE INDEX archived_by_first ON archived (first);
CREATE INDEX archived_by_file ON archived (file);
