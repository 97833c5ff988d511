-- The two files of SQLite know each other (pair.rs): the same letters stand in both, and a number that grows with each transaction of the
-- directory, in the work file first. PostgreSQL has one database, and these mean nothing there.
ALTER TABLE deployment ADD COLUMN pair TEXT;
ALTER TABLE deployment ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
-- The number of the next administrator: those of the removed are never given again.
ALTER TABLE deployment ADD COLUMN next_administrator BIGINT NOT NULL DEFAULT 1;
UPDATE deployment SET next_administrator = (SELECT COALESCE(MAX(id), 0) + 1 FROM administrator);
-- When the database was put back from a copy: what its original became after the copy was taken is no past of this one (copies.rs).
CREATE TABLE restoration (
    number BIGINT PRIMARY KEY,
    made BIGINT NOT NULL,           -- when the copy was taken
    at BIGINT NOT NULL,
    before TEXT NOT NULL,           -- the lineage of the original
    lineage TEXT NOT NULL           -- the one since
);
