-- A date of the file whose day and month could change places, and the day that it was read as, divided by a tab: how dates were read.
ALTER TABLE import ADD COLUMN date_read TEXT;

-- The import of which this one changes some users back; its `undoes` is of imports that undo all of another.
ALTER TABLE import ADD COLUMN changes_back BIGINT;
CREATE INDEX import_changes_back ON import (account, changes_back) WHERE changes_back IS NOT NULL;

-- The users whom it changes back.
CREATE TABLE changed_back (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (account, import, user_id)
){clustered};
