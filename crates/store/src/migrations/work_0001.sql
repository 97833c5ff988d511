-- The work: what is written often and is not the directory. Times are milliseconds since 1970 (UTC); flags are 0 and 1.

CREATE TABLE session (
    hash {key} PRIMARY KEY,         -- SHA-256 of the cookie, in hexadecimal
    administrator BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE one_time_link (
    hash {key} PRIMARY KEY,
    administrator BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Failures of signing in, by what was tried and from where.
CREATE TABLE attempt (
    subject {key} PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE idempotency (
    account BIGINT NOT NULL,
    key {key} NOT NULL,
    request TEXT NOT NULL,          -- a digest of what was asked
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, key)
);

CREATE TABLE import (
    account BIGINT NOT NULL,
    id BIGINT NOT NULL,             -- ascending in time
    state TEXT NOT NULL,            -- reading, review, applying, done, failed, cancelled
    kind TEXT NOT NULL,             -- file, undo, form, api, scim
    file_name TEXT,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    complete TEXT NOT NULL,         -- never, when_clean, when_clean_large: whether it completes by itself
    keep BIGINT NOT NULL,           -- 0: a dry run, forgotten when it was told
    leave_out_errors BIGINT NOT NULL,
    undoes BIGINT,
    plan BIGINT NOT NULL,           -- the number of the plan that review shows
    revision BIGINT,                -- the directory's revision that the plan was made at
    base BIGINT,                    -- the revision in A2
    files BIGINT NOT NULL DEFAULT 1, -- how many files came, those that count no more among them
    columns TEXT,                   -- which column of the file is which field: 'field=column', separated by spaces
    applied BIGINT,                 -- the revision that it became
    stage TEXT NOT NULL,            -- what the progress is of
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    owner TEXT,                     -- the worker that has the lease
    fence BIGINT NOT NULL,          -- grows with every claim
    lease_until BIGINT NOT NULL,
    deaths BIGINT NOT NULL,         -- how many workers died in this stage
    rows_read BIGINT NOT NULL,
    users_to_edit BIGINT NOT NULL,
    cells_to_edit BIGINT NOT NULL,
    cells_to_clear BIGINT NOT NULL,
    users_to_create BIGINT NOT NULL,
    rows_with_errors BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    conflicts BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    failure_code TEXT,
    failure_message TEXT,
    PRIMARY KEY (account, id)
);
CREATE INDEX import_unfinished ON import (lease_until) WHERE state = 'reading' OR state = 'applying';
-- An import is undone once, by one import; what failed or was given up does not count.
CREATE UNIQUE INDEX import_undoes ON import (account, undoes)
    WHERE undoes IS NOT NULL AND state <> 'failed' AND state <> 'cancelled';

-- The uploaded files, in parts of 256 KiB.
CREATE TABLE upload (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    file BIGINT NOT NULL,           -- from 1; others are added in review
    part BIGINT NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (account, import, file, part)
);

-- The plan, cell by cell. `place` is the number of the user, or, for a row that names none, minus (file * 2^32 + row).
CREATE TABLE plan_cell (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    row_number BIGINT NOT NULL,     -- (file - 1) * 2^32 + row
    column_number BIGINT NOT NULL,
    raw TEXT,
    base TEXT,
    now TEXT,
    mine TEXT,
    state BIGINT NOT NULL,          -- 1 change, 2 conflict, 3 error, 4 put back, 5 damage, 6 changed since
    code TEXT,
    detail TEXT,
    holder TEXT,
    suggestions TEXT,               -- joined by line feeds
    chosen TEXT,
    hidden BIGINT NOT NULL,
    PRIMARY KEY (account, import, place, field)
){clustered};
CREATE INDEX plan_cell_problem ON plan_cell (account, import, state, row_number, column_number) WHERE state > 1;

CREATE INDEX plan_cell_unknown ON plan_cell (account, import, place, field) WHERE code = 'not_a_user';

-- The claims that the plan makes on emails, usernames and unique values. Kind: 1 email, 2 username, else the field's number.
CREATE TABLE plan_claim (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    key {key} NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    PRIMARY KEY (account, import, kind, key, place, field)
){clustered};

CREATE TABLE left_out (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (account, import, place)
){clustered};

-- What review showed of a plan, while its file is read again.
CREATE TABLE plan_shown (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    state BIGINT NOT NULL,
    code TEXT,
    now TEXT,
    mine TEXT,
    PRIMARY KEY (account, import, place, field)
){clustered};

-- The cells of a plan that review has not shown yet: the directory or its fields changed after somebody looked.
CREATE TABLE plan_new (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    PRIMARY KEY (account, import, place, field)
){clustered};

-- What was put right in review: an overlay on the first file, step by step. A decision about a whole column has the place 0, and so
-- has a further file: its number stands as the field, its name as the value.
CREATE TABLE fix (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    step BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    kind TEXT NOT NULL,             -- value, choose, leave_out, take_in, create; a decision; add, replace
    value TEXT,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    undone BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account, import, step, place, field)
);

-- Warnings of the whole file, and counts of what was kept, cleared or hidden.
CREATE TABLE warning (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    code TEXT NOT NULL,
    place TEXT NOT NULL,            -- a cell, a field's key, or empty
    cells BIGINT NOT NULL,
    detail TEXT,
    PRIMARY KEY (account, import, code, place)
);

-- Answers that something belongs to someone elsewhere, by day: they are throttled, and operators read them.
CREATE TABLE elsewhere (
    account BIGINT NOT NULL,
    day BIGINT NOT NULL,
    answers BIGINT NOT NULL,
    PRIMARY KEY (account, day)
);

-- The values that these answers were about: asked again, they are told again.
CREATE TABLE elsewhere_told (
    account BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind BIGINT NOT NULL,           -- 1 email, 2 username
    key {key} NOT NULL,
    PRIMARY KEY (account, day, kind, key)
);
