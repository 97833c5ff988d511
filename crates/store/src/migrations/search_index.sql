-- The index of words behind a search (directory/users/text_index.rs), on SQLite alone, in the file of the work: made whenever it is not
-- there, for it is derived. The index of an account is complete up to a change: a revision and a user in it.

CREATE TABLE IF NOT EXISTS users_text_2_place
    (account BIGINT PRIMARY KEY, revision BIGINT NOT NULL, user_id BIGINT NOT NULL, searched TEXT NOT NULL,
     next_entry BIGINT NOT NULL, laid_out BIGINT NOT NULL, writes BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS users_text_2_entry
    (account BIGINT NOT NULL, user_id BIGINT NOT NULL, entry BIGINT NOT NULL, PRIMARY KEY (account, user_id)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS users_text_2_entry_number ON users_text_2_entry (account, entry);
CREATE TABLE IF NOT EXISTS users_text_2_part
    (account BIGINT NOT NULL, part BIGINT NOT NULL, present BLOB NOT NULL, PRIMARY KEY (account, part)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users_text_2_letters
    (account BIGINT NOT NULL, part BIGINT NOT NULL, letters BIGINT NOT NULL, entries BLOB NOT NULL,
     PRIMARY KEY (account, part, letters)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users_text_2_stretch
    (account BIGINT NOT NULL, sort BIGINT NOT NULL, key TEXT NOT NULL, user_id BIGINT NOT NULL, entries BLOB NOT NULL,
     PRIMARY KEY (account, sort, key, user_id)) WITHOUT ROWID;
