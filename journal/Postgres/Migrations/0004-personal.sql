-- What seals the personal data of a customer's slices (docs/ARCHITECTURE.md, "Personal data"). Erasing the customer leaves the row without its key,
-- to say what they are called since. Rows are changed once at most, so that no copies of keys are left behind by ordinary work.
CREATE TABLE personal_key (id bigint PRIMARY KEY, customer bigint NOT NULL, key bytea, pseudonym text COLLATE "C");
CREATE INDEX personal_key_by_customer ON personal_key (customer);
