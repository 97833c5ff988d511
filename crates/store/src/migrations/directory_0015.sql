-- An organisation that is being removed: nobody acts in it any more, and its rows go, some at a time (removal.rs).
ALTER TABLE account ADD COLUMN removing BIGINT NOT NULL DEFAULT 0;
-- Why nobody may use it for now, in an operator's words; null while they may.
ALTER TABLE account ADD COLUMN suspended TEXT;
-- Of a practice organisation, whose number is below 0: the administrator whose it is, and when it is removed.
ALTER TABLE account ADD COLUMN practises BIGINT;
ALTER TABLE account ADD COLUMN ends_at BIGINT;
CREATE UNIQUE INDEX account_practises ON account (practises) WHERE practises IS NOT NULL AND removing = 0;

-- Organisations that were removed: short names are never given again. Those of practice are forgotten after a while.
CREATE TABLE removed (
    number BIGINT PRIMARY KEY,      -- what was account.id
    slug {key} NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT                 -- when the last of its rows was gone
);
