-- What each space of a fused search said of a candidate, as JSON; NULL where there was one space.
ALTER TABLE candidates ADD COLUMN placings TEXT;
