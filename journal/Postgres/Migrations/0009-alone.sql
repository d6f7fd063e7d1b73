-- A case's version is that of its last slice, or, where its slices are archived, that of `stream`. Its row has the version at which it was last written.
-- The row also has the agent who holds the case or has an offer of it: nearly always it is one. The others are in case_agent.
-- The body may be of an earlier version, `body_version`: the events after it belong to it. Null: it is of the present.
ALTER TABLE case_row ADD COLUMN version bigint NOT NULL DEFAULT 0, ADD COLUMN body_version bigint, ADD COLUMN agent text COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX case_by_holder ON case_row (workspace, agent, id) WHERE agent <> '';

-- A server that is active alone remembers versions, and asks for no lock. The first statement of whoever writes without being alone: it fails while somebody is,
-- and ends the epoch of one whose lease ran out, who would otherwise go on with what was true before.
CREATE PROCEDURE write_beside() LANGUAGE plpgsql AS $$
DECLARE
    active record;
BEGIN
    SELECT holder, leased_until INTO active FROM routinggrid.leadership;
    IF active.holder <> '' AND active.leased_until <= clock_timestamp() THEN
        PERFORM pg_advisory_xact_lock(x'524B000000000000'::bigint);
        UPDATE routinggrid.leadership SET epoch = epoch + 1, holder = '' WHERE holder <> '' AND leased_until <= clock_timestamp();
    ELSE
        PERFORM pg_advisory_xact_lock_shared(x'524B000000000000'::bigint);
    END IF;
    SELECT holder, leased_until INTO active FROM routinggrid.leadership;
    IF active.holder <> '' AND active.leased_until > clock_timestamp() THEN
        RAISE EXCEPTION '% is active alone', active.holder USING ERRCODE = 'RG003';
    END IF;
END $$;

-- For who claims keys without having asked: an erased customer's are kept under another key.
CREATE PROCEDURE not_claimed(keys text[]) LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM routinggrid.claim WHERE key = ANY (keys)) THEN
        RAISE EXCEPTION 'claimed before' USING ERRCODE = 'RG002';
    END IF;
END $$;
