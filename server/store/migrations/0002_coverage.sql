-- What each template was compared with when it came: everything eligible up to a change.
CREATE TABLE coverage (
  template INTEGER PRIMARY KEY REFERENCES templates (sequence),
  compared_through INTEGER NOT NULL,
  compared_faces INTEGER NOT NULL
) STRICT;
