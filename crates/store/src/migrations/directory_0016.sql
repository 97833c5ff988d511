-- Who did what in an organisation, as far as the act writes the directory; `activity_of_work` beside it is of what writes the work or nothing.
-- The index of time is the primary key; the others are for who looks for a kind of act, a person, or both. Rows do not lie in its order: SQLite would
-- take it for every question then, and walk through all lines for a rare kind.
CREATE TABLE activity (
    account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,         -- random: tells lines of one moment apart
    event {key} NOT NULL,
    who {key} NOT NULL,             -- administrator:3, token:payroll, cli:root, support
    address TEXT,
    about TEXT NOT NULL,            -- lines of name=value; never a value of a user
    PRIMARY KEY (account, at, number)
);
CREATE INDEX activity_event ON activity (account, event, at, number);
CREATE INDEX activity_who ON activity (account, who, at, number);
CREATE INDEX activity_who_event ON activity (account, who, event, at, number);

ALTER TABLE account ADD COLUMN activity_days BIGINT NOT NULL DEFAULT 400;

-- Whether news go to a person by mail too, where the deployment sends any.
ALTER TABLE administrator ADD COLUMN mailed BIGINT NOT NULL DEFAULT 1;
