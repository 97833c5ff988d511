-- Half of each page is left free, so that the next version of a user finds room beside the one before and touches no index (HOT): an import of
-- everybody needs as much room as there are users, and the next one takes it over.
{postgresql} ALTER TABLE users SET (fillfactor = 50);
