-- The revision at which a field was last defined: who knows the fields of then, knows those of now.
ALTER TABLE account ADD COLUMN fields_revision BIGINT NOT NULL DEFAULT 0;
UPDATE account SET fields_revision =
    (SELECT COALESCE(MAX(f.revision), 0) FROM field f WHERE f.account = account.id);
