-- What a file holds besides what is merged, so that every cell of it is accounted for; and what only a person can decide before an import completes.
ALTER TABLE import ADD COLUMN questions BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN cells_read BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN unread BIGINT NOT NULL DEFAULT 0;
