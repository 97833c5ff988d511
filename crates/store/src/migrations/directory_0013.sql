-- What support changed, found without reading an account's whole past; and up to which revision its owners have read of that.
CREATE INDEX revision_by_operator ON revision (account, revision) WHERE SUBSTR(actor, 1, 9) = 'operator:';

CREATE TABLE releases_read (
    account BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (account)
);
