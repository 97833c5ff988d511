-- A table that Muster did not write, on its way to be an import: how it is read, and what was said of it. Its upload is file 0 once file 1
-- was made of it.
CREATE TABLE foreign_table (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    sheets TEXT NOT NULL,
    sheet TEXT NOT NULL,
    heading BIGINT NOT NULL,
    separator TEXT,
    charset TEXT,
    charsets TEXT NOT NULL,
    fitting TEXT,                   -- the name of the matching that fits it best
    matching TEXT,                  -- what was said; none as long as nobody has
    name TEXT,                      -- by which name that is kept
    rewritten BIGINT NOT NULL,      -- whether file 1 was made of file 0 by what was said
    PRIMARY KEY (account, import)
);

-- Its columns; of those that are nobody's business no value is kept.
CREATE TABLE foreign_column (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    title TEXT NOT NULL,
    examples TEXT NOT NULL,
    target TEXT,
    because TEXT,
    PRIMARY KEY (account, import, column_number)
){clustered};

-- The active users whom it does not name, a hundred a row.
CREATE TABLE not_in_file (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    part BIGINT NOT NULL,
    users TEXT NOT NULL,
    PRIMARY KEY (account, import, part)
){clustered};

-- Of an account, those that wait for people to say what their columns are.
CREATE INDEX import_matching ON import (account) WHERE state = 'matching';
