-- A revision is known by what it was, not by its number alone: its lineage and mark, which A2 of a download names, and a digest over its
-- changes and the row before it (directory/revisions.rs). Null in what was written before.
ALTER TABLE revision ADD COLUMN lineage TEXT;
ALTER TABLE revision ADD COLUMN mark TEXT;
ALTER TABLE revision ADD COLUMN digest TEXT;
-- The salt of a change under the digest; when its person is erased, values and salt go, and the salted hash stays in their place.
ALTER TABLE history ADD COLUMN salt {bytes};
ALTER TABLE history ADD COLUMN hash {bytes};
-- Whether next_user began, or jumped, at a random number, so that the IDs of another deployment are none here.
ALTER TABLE deployment ADD COLUMN jumped BIGINT NOT NULL DEFAULT 0;
