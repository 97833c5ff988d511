-- Problems by field and what is wrong, kept beside their texts: a million texts need not be added up to say how many kinds there are.
CREATE TABLE plan_kind (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    code {key} NOT NULL,
    field BIGINT NOT NULL,
    cells BIGINT NOT NULL,          -- how many, those of left-out rows apart
    texts BIGINT NOT NULL,          -- how many different texts they have
    offered BIGINT NOT NULL,        -- for how many of the cells a value is offered
    PRIMARY KEY (account, import, code, field)
){clustered};
-- The texts of one kind are listed, most cells first; those of all kinds no more.
DROP INDEX plan_group_size;
CREATE INDEX plan_group_kind ON plan_group (account, import, code, field, cells DESC, start);

INSERT INTO plan_kind (account, import, code, field, cells, texts, offered)
SELECT account, import, code, field, CAST(SUM(cells) AS BIGINT), COUNT(*),
       CAST(SUM(CASE WHEN suggestions <> '' THEN cells ELSE 0 END) AS BIGINT)
FROM plan_group GROUP BY account, import, code, field;

-- What people say of an import for others to read.
ALTER TABLE import ADD COLUMN note TEXT;

-- Users who wait for a choice and nothing else, and users who are hit hard.
ALTER TABLE import ADD COLUMN users_in_conflict BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN made_inactive BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN users_cleared BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN emails_changed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN usernames_changed BIGINT NOT NULL DEFAULT 0;

-- Of reviews that are there already; a user whose row is held by an error is counted too, which asks once too often at the worst.
UPDATE import SET
    made_inactive = (SELECT COUNT(*) FROM plan_cell c WHERE c.account = import.account AND c.import = import.id AND c.place > 0
                         AND c.state = 1 AND c.field = 5 AND c.mine = 'inactive'),
    users_cleared = (SELECT COUNT(DISTINCT c.place) FROM plan_cell c WHERE c.account = import.account AND c.import = import.id
                         AND c.place > 0 AND c.state = 1 AND c.mine IS NULL AND c.now IS NOT NULL),
    emails_changed = (SELECT COUNT(*) FROM plan_cell c WHERE c.account = import.account AND c.import = import.id AND c.place > 0
                          AND c.state = 1 AND c.field = 3 AND c.mine IS NOT NULL AND c.now IS NOT NULL),
    usernames_changed = (SELECT COUNT(*) FROM plan_cell c WHERE c.account = import.account AND c.import = import.id AND c.place > 0
                             AND c.state = 1 AND c.field = 4 AND c.mine IS NOT NULL AND c.now IS NOT NULL)
WHERE state = 'review';
