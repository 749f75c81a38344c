-- Between what the chance of a candidate lies. NULL where there is no evidence, or from before it was told.
ALTER TABLE candidates ADD COLUMN chance_min REAL;
ALTER TABLE candidates ADD COLUMN chance_max REAL;
