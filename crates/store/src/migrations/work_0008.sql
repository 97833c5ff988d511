-- What the files of an import hold beside the cells that are read: why others are not, the sheets that are parts of their own, and what
-- is counted and not shown. The lists have a line each, with tabs.
ALTER TABLE import ADD COLUMN comments BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN drawings BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN unread_cells TEXT NOT NULL DEFAULT '';
ALTER TABLE import ADD COLUMN read_sheets TEXT NOT NULL DEFAULT '';
