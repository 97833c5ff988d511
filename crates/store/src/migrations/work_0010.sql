-- How large each kept file is: what an organisation keeps is counted without a look at the files.
CREATE TABLE upload_size (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    file BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (account, import, file)
){clustered};
INSERT INTO upload_size (account, import, file, bytes)
SELECT account, import, file, SUM(LENGTH(bytes)) FROM upload
WHERE EXISTS (SELECT 1 FROM import i WHERE i.account = upload.account AND i.id = upload.import)
GROUP BY account, import, file;

-- One row an account, written by whoever takes room: of two at once the second sees what the first has taken.
CREATE TABLE taking_room (
    account BIGINT PRIMARY KEY,
    times BIGINT NOT NULL
);
CREATE INDEX import_waiting ON import (account)
    WHERE kind = 'file' AND (state = 'reading' OR state = 'review' OR state = 'applying');

ALTER TABLE import ADD COLUMN emptied BIGINT NOT NULL DEFAULT 0; -- whether nothing but its row is left of one that was given up
-- Imports that were given up, until what was kept and staged of them is let go.
CREATE INDEX import_given_up ON import (account, id) WHERE state = 'cancelled' AND emptied = 0;
