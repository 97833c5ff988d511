-- Answers to texts of files that people want offered again, by field and text; none of them is ever applied by itself.
CREATE TABLE answer (
    account BIGINT NOT NULL,
    field BIGINT NOT NULL,
    folded {key} NOT NULL,          -- the text without differences of case and space
    text TEXT NOT NULL,             -- as it stood in a file
    value TEXT NOT NULL,            -- the stored form that it becomes
    actor TEXT NOT NULL,            -- who said so
    at BIGINT NOT NULL,
    PRIMARY KEY (account, field, folded)
){clustered};

-- Counts the changes of answers: what is kept in memory of an account's fields and answers is that of this count.
ALTER TABLE account ADD COLUMN answers_changed BIGINT NOT NULL DEFAULT 0;
