-- Second factors (RFC 6238): the shared secret in base 32; and what is left of the recovery codes.
CREATE TABLE factor (
    administrator BIGINT PRIMARY KEY,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    administrator BIGINT NOT NULL,
    hash {key} NOT NULL,            -- SHA-256 in hexadecimal
    PRIMARY KEY (administrator, hash)
){clustered};
ALTER TABLE account ADD COLUMN second_factor BIGINT NOT NULL DEFAULT 0; -- whether it asks a second factor of everybody who looks
