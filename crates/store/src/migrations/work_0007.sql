-- Failures of signing in are counted under digests, so that a row has the same few bytes whatever was typed; those of before are let go.
DROP TABLE attempt;
CREATE TABLE attempt (
    subject {key} PRIMARY KEY,      -- SHA-256 in hexadecimal
    kind BIGINT NOT NULL,           -- 1 an administrator, 2 an email of nobody, 3 an address, 4 a browser that signed in before
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX attempt_age ON attempt (kind, last_at);

-- From where a session was begun, as far as its owner needs to tell it from others; and whether by a one-time link.
ALTER TABLE session ADD COLUMN agent TEXT;
ALTER TABLE session ADD COLUMN address TEXT;
ALTER TABLE session ADD COLUMN by_link BIGINT NOT NULL DEFAULT 0;
CREATE INDEX session_administrator ON session (administrator);

-- Browsers in which an administrator signed in before.
CREATE TABLE device (
    hash {key} NOT NULL,            -- SHA-256 of the cookie, in hexadecimal
    administrator BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (hash, administrator)
);
CREATE INDEX device_administrator ON device (administrator, seen_at);

-- Who passed the first factor and owes the second.
CREATE TABLE half_sign_in (
    hash {key} PRIMARY KEY,         -- SHA-256 of a cookie, in hexadecimal
    administrator BIGINT NOT NULL,
    by_link BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- A second factor that is offered and not confirmed yet; and the last step of which a code was taken.
CREATE TABLE factor_offer (
    administrator BIGINT PRIMARY KEY,
    secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE factor_step (
    administrator BIGINT PRIMARY KEY,
    last_step BIGINT NOT NULL
);
