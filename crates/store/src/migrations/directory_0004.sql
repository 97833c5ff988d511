-- Whether the keys of claims are folded as today's program does: letters that nobody sees are no part of them (directory/folding.rs).
ALTER TABLE deployment ADD COLUMN folded BIGINT NOT NULL DEFAULT 0;
-- Who made a revision is hashed under its digest with a salt, too. When that person is erased, name and salt go, and the hash stays. Null in
-- what was written before: there the name itself is under the digest.
ALTER TABLE revision ADD COLUMN actor_salt {bytes};
ALTER TABLE revision ADD COLUMN actor_hash {bytes};
