-- Tickets: what an account asks of support because somebody elsewhere has a value. They outlive the import.
CREATE TABLE ticket (
    number BIGINT NOT NULL,         -- what people call it: random, so that it counts nobody's tickets
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    state {key} NOT NULL,           -- open, free, answered, declined, withdrawn
    raised_by TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    brought BIGINT,                 -- the import that judges its rows again
    PRIMARY KEY (number)
);
CREATE INDEX ticket_account ON ticket (account, raised_at);
CREATE INDEX ticket_import ON ticket (account, import);
CREATE INDEX ticket_state ON ticket (state, raised_at);

-- The values that it asks for, each of a cell of its import.
CREATE TABLE ticket_value (
    account BIGINT NOT NULL,
    number BIGINT NOT NULL,
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    value TEXT NOT NULL,            -- as the account knows it
    kind BIGINT NOT NULL,           -- 1 email, 2 username
    key {key} NOT NULL,
    released_at BIGINT,
    PRIMARY KEY (account, number, place, field)
){clustered};
CREATE INDEX ticket_value_import ON ticket_value (account, import, place);

-- What both sides wrote.
CREATE TABLE ticket_word (
    account BIGINT NOT NULL,
    number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    support BIGINT NOT NULL,        -- whether support wrote it
    said_by TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (account, number, position)
){clustered};

-- The rows of its cells, with their bases, as the plan had them: kept until the ticket is closed.
CREATE TABLE ticket_cell (
    account BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    raw TEXT,
    base TEXT,
    now TEXT,
    mine TEXT,
    state BIGINT NOT NULL,
    code TEXT,
    detail TEXT,
    holder TEXT,
    suggestions TEXT,
    chosen TEXT,
    hidden BIGINT NOT NULL,
    PRIMARY KEY (account, number, place, field)
){clustered};
