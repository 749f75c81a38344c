-- Operating points that were measured, beside the one that comes with the models. A rate that was
-- not measured is NULL in all of its four columns.
CREATE TABLE operating_points (
  sequence INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  space_id TEXT NOT NULL,
  threshold REAL NOT NULL,
  fpir REAL NOT NULL,
  chance REAL NOT NULL,
  gallery_size INTEGER NOT NULL,
  data TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  set_sha256 BLOB CHECK (length(set_sha256) = 32),
  false_alarm_rate REAL,
  false_alarm_low REAL,
  false_alarm_high REAL,
  non_mated_searches INTEGER,
  miss_rate REAL,
  miss_low REAL,
  miss_high REAL,
  mated_searches INTEGER,
  creator TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

-- The last of a space is in force there. `point` may be the one that comes with the models: no
-- REFERENCES.
CREATE TABLE activations (
  sequence INTEGER PRIMARY KEY,
  point TEXT NOT NULL,
  space_id TEXT NOT NULL,
  activated INTEGER NOT NULL,
  caller TEXT NOT NULL,
  purpose TEXT NOT NULL
) STRICT;
CREATE INDEX activations_by_space ON activations (space_id, sequence);
CREATE INDEX activations_by_point ON activations (point, sequence);

-- What was decided by is never written over.
CREATE TRIGGER operating_points_stand BEFORE UPDATE ON operating_points
BEGIN SELECT raise(ABORT, 'an operating point is never changed'); END;
CREATE TRIGGER operating_points_stay BEFORE DELETE ON operating_points
BEGIN SELECT raise(ABORT, 'an operating point is never deleted'); END;
CREATE TRIGGER activations_stand BEFORE UPDATE ON activations
BEGIN SELECT raise(ABORT, 'an activation is never changed'); END;
CREATE TRIGGER activations_stay BEFORE DELETE ON activations
BEGIN SELECT raise(ABORT, 'an activation is never deleted'); END;
