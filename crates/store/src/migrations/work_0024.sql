-- Which accounts have imports that wait for a worker or are worked on, on one machine of a cluster (work/waiting.rs): who looks for work need not
-- ask all machines. Empty in any other database.
CREATE TABLE waiting (
    key {key} NOT NULL,             -- 'import': by it all of them are on one machine
    account BIGINT NOT NULL,
    since BIGINT NOT NULL,          -- when it was said last
    PRIMARY KEY (key, account)
){clustered};
