-- What review shows first of a plan is kept beside it: its problems by kind, field and text. Made when the plan comes to review, and
-- brought up to date with the rows that a fix replaces.
CREATE TABLE plan_group (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    code {key} NOT NULL,
    field BIGINT NOT NULL,
    start {key} NOT NULL,           -- the first 64 characters of the text, which an index can hold; empty when there is none
    raw TEXT,
    cells BIGINT NOT NULL,          -- how many, those of left-out rows apart
    suggestions TEXT                -- joined by line feeds
);
CREATE INDEX plan_group_text ON plan_group (account, import, code, field, start);
CREATE INDEX plan_group_size ON plan_group (account, import, cells DESC, code, field, start);

INSERT INTO plan_group (account, import, code, field, start, raw, cells, suggestions)
SELECT account, import, code, field, COALESCE(SUBSTR(raw, 1, 64), ''), raw, COUNT(*), MIN(suggestions) FROM plan_cell
WHERE state > 1 AND state = 3 AND code IS NOT NULL
  AND EXISTS (SELECT 1 FROM import i WHERE i.account = plan_cell.account AND i.id = plan_cell.import AND i.state = 'review')
  AND NOT EXISTS (SELECT 1 FROM left_out l
                  WHERE l.account = plan_cell.account AND l.import = plan_cell.import AND l.place = plan_cell.place)
GROUP BY account, import, code, field, raw;

-- The rows of the plan that a step of fixes replaced, as they were before it; of a step that was undone, as they were after it. Forgotten
-- when the plan is made anew.
CREATE TABLE fix_row (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    step BIGINT NOT NULL,
    place BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    PRIMARY KEY (account, import, step, place)
){clustered};
CREATE TABLE fix_cell (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    step BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    raw TEXT,
    base TEXT,
    now TEXT,
    mine TEXT,
    state BIGINT NOT NULL,
    code TEXT,
    detail TEXT,
    holder TEXT,
    suggestions TEXT,
    chosen TEXT,
    hidden BIGINT NOT NULL,
    PRIMARY KEY (account, import, step, place, field)
){clustered};

-- A step about so many cells that a worker makes it, while the import is `reading` again: what is wanted, and how far it is.
CREATE TABLE fix_wanted (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    number BIGINT NOT NULL,         -- what is wanted first has the lowest
    step BIGINT NOT NULL,
    code TEXT NOT NULL,             -- the problem whose cells are meant; 'conflict': all conflicts; 'cell': one cell
    place BIGINT NOT NULL,          -- of the one cell
    field BIGINT NOT NULL,
    raw TEXT,                       -- the text of the cells
    kind TEXT NOT NULL,             -- as in fix
    value TEXT,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    total BIGINT NOT NULL,          -- how many cells there were
    done BIGINT NOT NULL,           -- how many are done
    after TEXT,                     -- the place in the list of the last of them
    change TEXT NOT NULL,           -- what they add to the counts of the plan, separated by spaces
    finished BIGINT NOT NULL,       -- whether the step was made
    PRIMARY KEY (account, import, step, number)
);
-- Which step would be undone, and which made again.
CREATE INDEX fix_turn ON fix (account, import, undone, step);
