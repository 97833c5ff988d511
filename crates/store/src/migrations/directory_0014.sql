-- What the columns of a table are that Muster did not write, as people said it: kept by a name for the next one with the same titles.
CREATE TABLE matching (
    account BIGINT NOT NULL,
    name TEXT NOT NULL,
    stored TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);
