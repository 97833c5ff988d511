-- The language in which pages and mails speak: of a person, and of an organisation for those who chose none. A tag, as in en-GB; none is
-- what a browser asks for.
ALTER TABLE administrator ADD COLUMN language {key};
ALTER TABLE account ADD COLUMN speaks {key};
