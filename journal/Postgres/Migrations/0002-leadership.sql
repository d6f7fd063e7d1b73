-- Who may write where one server at a time is active (docs/ARCHITECTURE.md, "One active server"). Each takeover has an epoch of its own.
CREATE TABLE leadership (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), epoch bigint NOT NULL, holder text NOT NULL, leased_until timestamptz NOT NULL)
    WITH (fillfactor = 10);
INSERT INTO leadership (epoch, holder, leased_until) VALUES (0, '', '1970-01-01 00:00:00+00');

-- The first statement of every transaction that writes for the epoch. Until the transaction ends, nobody takes over: that needs the same
-- lock alone. The lock comes first, and each statement sees what was committed before it began: so the epoch read here stays true.
CREATE PROCEDURE write_for(expected bigint) LANGUAGE plpgsql AS $$
DECLARE
    active record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(x'524B000000000000'::bigint);
    SELECT epoch, holder INTO active FROM routinggrid.leadership;
    IF active.epoch IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'this server was active in epoch %; it is epoch % now, of %', expected, active.epoch, active.holder USING ERRCODE = 'RG001';
    END IF;
END $$;
