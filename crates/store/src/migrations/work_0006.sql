-- To which directory this file belongs, and up to which of its transactions (pair.rs).
CREATE TABLE pairing (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    pair TEXT NOT NULL,
    turn BIGINT NOT NULL
);
