-- The index behind a search (directory/users/text_index.rs), as search_index.sql says: SQLite has its tables already, there they are made
-- again whenever they are gone. On PostgreSQL, which has no function of ours that folds a text, an entry also keeps the further texts of its user
-- folded. Rows of sets are short enough to lie in their page.

CREATE TABLE IF NOT EXISTS users_text_2_place
    (account BIGINT PRIMARY KEY, revision BIGINT NOT NULL, user_id BIGINT NOT NULL, searched TEXT NOT NULL,
     next_entry BIGINT NOT NULL, laid_out BIGINT NOT NULL, writes BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS users_text_2_entry
    (account BIGINT NOT NULL, user_id BIGINT NOT NULL, entry BIGINT NOT NULL{kept}, PRIMARY KEY (account, user_id)){clustered};
CREATE UNIQUE INDEX IF NOT EXISTS users_text_2_entry_number ON users_text_2_entry (account, entry);
CREATE TABLE IF NOT EXISTS users_text_2_part
    (account BIGINT NOT NULL, part BIGINT NOT NULL, present {bytes} NOT NULL, PRIMARY KEY (account, part)){clustered};
CREATE TABLE IF NOT EXISTS users_text_2_letters
    (account BIGINT NOT NULL, part BIGINT NOT NULL, letters BIGINT NOT NULL, entries {bytes} NOT NULL,
     PRIMARY KEY (account, part, letters)){clustered};
CREATE TABLE IF NOT EXISTS users_text_2_stretch
    (account BIGINT NOT NULL, sort BIGINT NOT NULL, key {key} NOT NULL, user_id BIGINT NOT NULL, entries {bytes} NOT NULL,
     PRIMARY KEY (account, sort, key, user_id)){clustered};
