ALTER TABLE import ADD COLUMN asked_in TEXT; -- the number of the request that asked for it, or that it be completed
