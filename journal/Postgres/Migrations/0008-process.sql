-- Which process is active, where that can be told (journal/Postgres/Leadership/ProcessMark.cs): who finds that it has ended need not wait for
-- its lease. Empty: it cannot be told.
ALTER TABLE leadership ADD COLUMN process text COLLATE "C" NOT NULL DEFAULT '';
