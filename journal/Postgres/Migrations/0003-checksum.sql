-- CRC-32C of the stream's number, the version and the events' bytes. Null: written before there were checksums.
ALTER TABLE slice ADD COLUMN checksum bigint;
