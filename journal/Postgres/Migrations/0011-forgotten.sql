-- The last file of archived cases whose cases were taken out of searches.
ALTER TABLE history_followed ADD COLUMN archive bigint NOT NULL DEFAULT 0;
