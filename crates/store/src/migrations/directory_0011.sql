-- What an administrator is called; who has not said it is shown by the email.
ALTER TABLE administrator ADD COLUMN name TEXT;
