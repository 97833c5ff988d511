-- The user of a row gets its number when the import is applied: what was reserved for plans in review stays unused.
UPDATE plan_cell SET mine = 'present' WHERE place < 0 AND field = 0 AND state = 1;
UPDATE plan_shown SET mine = 'present' WHERE place < 0 AND field = 0 AND state = 1;
