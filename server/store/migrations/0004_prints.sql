-- How a face looks in its photograph, and which faces of a record show one photograph. NULL and 0
-- where the face was stored before these were kept, or is emptied.
ALTER TABLE faces ADD COLUMN print BLOB CHECK (length(print) = 576);
ALTER TABLE faces ADD COLUMN shot INTEGER NOT NULL DEFAULT 0;
