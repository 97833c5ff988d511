-- Whether a field of the account's own is looked through by a search (directory/users/query.rs).
ALTER TABLE field ADD COLUMN searched BIGINT NOT NULL DEFAULT 0;

-- When a person was erased last: files that came before may name them, and are forgotten when their import is at its end.
ALTER TABLE account ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;

-- Lists of users that somebody saved by a name: what was searched for, its filters, its order, its columns.
CREATE TABLE saved_search (
    account BIGINT NOT NULL,
    id BIGINT NOT NULL,             -- random, so that the address of one that is gone never opens another
    administrator BIGINT NOT NULL,  -- whose it is; 0 when it is everybody's
    name TEXT NOT NULL,
    query TEXT NOT NULL,            -- as it stands in the address of the list, without a place
    columns TEXT NOT NULL,          -- the words of the columns, separated by spaces
    PRIMARY KEY (account, id)
){clustered};
