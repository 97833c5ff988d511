-- As `activity` of the directory, of acts that write the work or nothing at all.
CREATE TABLE activity_of_work (
    account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,
    event {key} NOT NULL,
    who {key} NOT NULL,
    address TEXT,
    about TEXT NOT NULL,
    PRIMARY KEY (account, at, number)
);
CREATE INDEX activity_of_work_event ON activity_of_work (account, event, at, number);
CREATE INDEX activity_of_work_who ON activity_of_work (account, who, at, number);
CREATE INDEX activity_of_work_who_event ON activity_of_work (account, who, event, at, number);

-- From where it was asked that an import be completed: a worker does it.
ALTER TABLE import ADD COLUMN asked_from TEXT;

-- Word for a person who looks after users: an import of theirs came to rest, a ticket was answered. Nothing of a user stands here.
CREATE TABLE news (
    administrator BIGINT NOT NULL,
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,         -- random: tells news of one moment apart
    account BIGINT NOT NULL,
    kind {key} NOT NULL,            -- import-done, import-review, import-failed, ticket-answered, ticket-declined, ticket-free
    about BIGINT NOT NULL,          -- the import or the ticket
    seen_at BIGINT,
    PRIMARY KEY (administrator, at, number)
){clustered};
CREATE INDEX news_unseen ON news (administrator) WHERE seen_at IS NULL;
CREATE INDEX news_about ON news (account, about);

-- Mails to be sent: to whom and of what kind, no address, no text and no secret. A row goes once its mail is sent or given up.
CREATE TABLE mail (
    number BIGINT NOT NULL,         -- random: the same mail has the same number however often it is sent
    administrator BIGINT NOT NULL,  -- 0 for nobody: who asked for a link with an email that nobody has
    account BIGINT,
    kind {key} NOT NULL,
    about BIGINT NOT NULL,
    asked_from TEXT,
    at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,        -- not before
    tries BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,    -- a sender has it so long
    PRIMARY KEY (number)
);
CREATE INDEX mail_next ON mail (next_at);
CREATE INDEX mail_administrator ON mail (administrator);
