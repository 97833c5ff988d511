-- When a token was last used, to the hour. With the work, because requests must not wait for the file in which a large apply writes.
CREATE TABLE token_use (
    hash {key} PRIMARY KEY,
    used_at BIGINT NOT NULL
){clustered};
