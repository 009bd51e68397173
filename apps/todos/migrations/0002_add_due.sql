-- Todos may have a day by which they are to be done.
ALTER TABLE todos ADD COLUMN due TEXT;
