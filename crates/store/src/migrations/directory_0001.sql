-- The directory: what must be right. Times are milliseconds since 1970 (UTC); flags are 0 and 1; every primary key of an
-- account's rows starts with the account, except login_key, which a sharded database distributes by its key.

CREATE TABLE deployment (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    lineage TEXT NOT NULL,          -- two characters, new when the database is created or restored
    next_user BIGINT NOT NULL,      -- the number of the next user that is created; blocks are reserved, gaps are harmless
    next_account BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    slug {key} NOT NULL UNIQUE,     -- never changes, is never used again
    name TEXT NOT NULL,
    source TEXT,                    -- where its users live, if not here (none in this release)
    revision BIGINT NOT NULL,       -- the last applied set of changes
    users BIGINT NOT NULL,          -- how many users it has, withdrawn ones not counted
    next_field BIGINT NOT NULL,
    date_order TEXT NOT NULL,
    region TEXT NOT NULL,
    language TEXT NOT NULL,
    keep_days BIGINT NOT NULL,      -- how long uploads are kept
    created_at BIGINT NOT NULL
);

-- The definitions of fields, one row for each revision at which one changed.
CREATE TABLE field (
    account BIGINT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    position BIGINT NOT NULL,
    key {key} NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    required BIGINT NOT NULL,
    only_once BIGINT NOT NULL,      -- no two users of the account may have the same value
    read_only BIGINT NOT NULL,
    max_length BIGINT,
    pattern TEXT,
    retired BIGINT NOT NULL,
    choices TEXT NOT NULL,          -- JSON: [{"id":1,"label":"Sales","former":[],"retired":false}]
    PRIMARY KEY (account, number, revision)
){clustered};

CREATE TABLE users (
    account BIGINT NOT NULL,
    id BIGINT NOT NULL,             -- the number of the User ID, in the order of creation
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    username TEXT,
    status TEXT,
    job_title TEXT,
    department TEXT,
    manager TEXT,
    phone TEXT,
    employee_number TEXT,
    start_date TEXT,
    segments TEXT,
    language TEXT,
    custom TEXT,                    -- JSON: {"101":"..."} by field number; null when there is none
    external_id TEXT,
    name_key {key} NOT NULL,        -- last and first name folded, for sorting and searching
    sign_in_key {key} NOT NULL,     -- email or username folded, for sorting and searching
    revision BIGINT NOT NULL,       -- at which it was last changed
    withdrawn BIGINT NOT NULL,
    PRIMARY KEY (account, id)
){clustered};
CREATE INDEX users_by_name ON users (account, name_key, id);
CREATE INDEX users_by_sign_in ON users (account, sign_in_key, id);

-- Who has an email (kind 1) or a username (kind 2), over the whole deployment. Keys are folded by the program.
CREATE TABLE login_key (
    kind BIGINT NOT NULL,
    key {key} NOT NULL,
    account BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (kind, key)
){clustered};

-- Who has a value of a unique field of the account's own.
CREATE TABLE unique_key (
    account BIGINT NOT NULL,
    field BIGINT NOT NULL,
    key {key} NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (account, field, key)
){clustered};

CREATE TABLE revision (
    account BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,             -- file, undo, form, api, scim, fields, generated
    actor TEXT NOT NULL,
    import BIGINT,                  -- the proof that it was applied, and applied once
    undoes BIGINT,                  -- the import that it undoes
    users BIGINT NOT NULL,
    cells BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, revision)
){clustered};
CREATE UNIQUE INDEX revision_import ON revision (account, import) WHERE import IS NOT NULL;

-- What changed. Field 0 is the user as such: a creation has before null and after all values as JSON by field number; a withdrawal
-- has before 'present' and after null; a return has before null and after 'present'.
CREATE TABLE history (
    account BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    field BIGINT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (account, revision, user_id, field)
){clustered};
CREATE INDEX history_user ON history (user_id, revision);

-- The import that is being applied: written on entering `applying`, checked in the transaction of apply. One apply at a time.
CREATE TABLE applying (
    account BIGINT PRIMARY KEY,
    import BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    at BIGINT NOT NULL
);

-- What others are to be told of a revision (webhooks); written in the transaction of apply once somebody asks to be told.
CREATE TABLE outbox (
    account BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    topic TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, revision, topic)
){clustered};

CREATE TABLE administrator (
    id BIGINT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key {key} NOT NULL UNIQUE,
    password TEXT,                  -- a PHC string of argon2id
    operator BIGINT NOT NULL,       -- looks after the whole deployment
    created_at BIGINT NOT NULL
);

CREATE TABLE role (
    account BIGINT NOT NULL,
    administrator BIGINT NOT NULL,
    role TEXT NOT NULL,             -- owner, editor, viewer
    PRIMARY KEY (account, administrator)
){clustered};
CREATE INDEX role_administrator ON role (administrator);

CREATE TABLE token (
    hash {key} PRIMARY KEY,         -- SHA-256 of the token, in hexadecimal
    account BIGINT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);
