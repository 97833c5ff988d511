-- The rule of an import that comes of a rule of change: its lines (directory::ChangeRule), and whose fields it changes. Without a search
-- and without a selection it is everybody.
CREATE TABLE change_rule (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    lines TEXT NOT NULL,
    search TEXT,                    -- the users that this search finds when the plan is made
    selection BIGINT,               -- or those of a selection
    PRIMARY KEY (account, import)
){clustered};

-- Users that an administrator has chosen, for a day. While a search is gathered, it is said where to go on.
CREATE TABLE selection (
    account BIGINT NOT NULL,
    id BIGINT NOT NULL,
    actor TEXT NOT NULL,
    made_at BIGINT NOT NULL,        -- milliseconds since 1970
    users BIGINT NOT NULL,
    missing TEXT NOT NULL,          -- what was pasted and names nobody, a line each
    missing_count BIGINT NOT NULL,
    twice BIGINT NOT NULL,          -- how often somebody was named who was named before
    search TEXT NOT NULL,
    filters TEXT NOT NULL,          -- a line each: the number of the field, a tab, the value
    next_user BIGINT,               -- what is gathered goes on after this user; null when all are there
    PRIMARY KEY (account, id)
){clustered};

CREATE INDEX selection_made ON selection (made_at);

CREATE TABLE selection_user (
    account BIGINT NOT NULL,
    selection BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (account, selection, user_id)
){clustered};
