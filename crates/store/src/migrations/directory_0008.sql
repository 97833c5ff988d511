-- What an administrator chose for themselves in an account, by the name of the choice: the columns of the list of users.
CREATE TABLE preference (
    administrator BIGINT NOT NULL,
    account BIGINT NOT NULL,
    name {key} NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (administrator, account, name)
){clustered};
