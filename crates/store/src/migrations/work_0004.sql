-- The user of a row gets its number when the import is applied: what was reserved for plans in review stays unused.
UPDATE plan_cell SET mine = 'present' WHERE place < 0 AND field = 0 AND state = 1;
UPDATE plan_shown SET mine = 'present' WHERE place < 0 AND field = 0 AND state = 1;

-- Rows that share a User ID are kept otherwise now, so plans with such rows are made anew: the files and the fixes that lie over them stay.
UPDATE import SET state = 'reading', stage = 'waiting', done = 0, total = 0, owner = NULL, lease_until = 0, deaths = 0
    WHERE state = 'review' AND kind = 'file' AND EXISTS
        (SELECT 1 FROM plan_cell c WHERE c.account = import.account AND c.import = import.id AND c.state > 1 AND c.state = 3
             AND c.code = 'user_id_duplicate');
