-- What each face was compared with when it came: everything eligible up to a change.
CREATE TABLE coverage (
  face BLOB NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
  space_id TEXT NOT NULL,
  compared_through INTEGER NOT NULL,
  compared_faces INTEGER NOT NULL,
  PRIMARY KEY (face, space_id)
) STRICT, WITHOUT ROWID;
