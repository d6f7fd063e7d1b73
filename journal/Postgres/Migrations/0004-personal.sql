-- What seals the personal data of a customer's slices (docs/ARCHITECTURE.md, "Personal data"). Erasing the customer leaves the row without its key,
-- to say what they are called since. Rows are changed once at most, so that no copies of keys are left behind by ordinary work.
CREATE TABLE personal_key (id bigint PRIMARY KEY, customer bigint NOT NULL, key bytea, pseudonym text COLLATE "C");
CREATE INDEX personal_key_by_customer ON personal_key (customer);

-- The server keeps samples of columns for its planner, which an erasure does not reach. These are asked for by unique keys, or never.
ALTER TABLE case_row ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE claim ALTER COLUMN key SET STATISTICS 0, ALTER COLUMN value SET STATISTICS 0;
ALTER TABLE document ALTER COLUMN body SET STATISTICS 0;
