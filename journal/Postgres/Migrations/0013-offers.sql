-- An offer's deadline is put once and removed once, and who removes it knows when it was due. So one index, in the order of time, does for all.
CREATE TABLE offer_deadline (shard smallint NOT NULL, due bigint NOT NULL, owner bigint NOT NULL, key text COLLATE "C" NOT NULL);
INSERT INTO offer_deadline (shard, due, owner, key) SELECT shard, due, owner, key FROM deadline WHERE kind = 'OfferExpires';
DELETE FROM deadline WHERE kind = 'OfferExpires';
CREATE INDEX offer_deadline_by_time ON offer_deadline (shard, due, owner);
