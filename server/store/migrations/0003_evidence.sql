-- What the distance of a candidate was worth when it was found; both or neither.
ALTER TABLE candidates ADD COLUMN score REAL;
ALTER TABLE candidates ADD COLUMN chance REAL;
