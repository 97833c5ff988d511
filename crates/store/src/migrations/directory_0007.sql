-- What the operator said that an organisation may have at most; of what nothing was said, the program knows.
CREATE TABLE quota (
    account BIGINT NOT NULL,
    quota {key} NOT NULL,           -- directory::Quota
    most BIGINT NOT NULL,
    PRIMARY KEY (account, quota)
){clustered};
