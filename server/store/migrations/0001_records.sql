-- Times are microseconds since 1970-01-01 UTC, dates numbers like 20210507 (a part that is not
-- stated is 0), days are counted from 1970-01-01, enumerators are the numbers of the C++ headers.

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('last_change', 0);

CREATE TABLE records (
  created_change INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  state INTEGER NOT NULL CHECK (state IN (1, 2)),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  version INTEGER NOT NULL,
  erased INTEGER,
  erase_reason TEXT,
  -- What a search can be narrowed by; NULL where unknown, and in tombstones.
  unit TEXT,
  sex INTEGER CHECK (sex BETWEEN 0 AND 3),
  birth_year_min INTEGER,
  birth_year_max INTEGER,
  event_day INTEGER,
  region_code TEXT,
  -- Everything else that is said about the person, as one JSON document.
  particulars TEXT,
  CHECK ((state = 1) = (particulars IS NOT NULL)),
  CHECK ((state = 2) = (erased IS NOT NULL)),
  CHECK ((state = 2) = (erase_reason IS NOT NULL)),
  CHECK (state = 1 OR (unit IS NULL AND sex IS NULL AND birth_year_min IS NULL AND
                       birth_year_max IS NULL AND event_day IS NULL AND region_code IS NULL))
) STRICT;

-- Two STRANDED records of one person, the lesser id first.
CREATE TABLE linked_stays (
  one BLOB NOT NULL REFERENCES records (id),
  other BLOB NOT NULL REFERENCES records (id),
  linked INTEGER NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_stays_by_other ON linked_stays (other);

-- In the order in which they were stored. Their bytes are in the photo vault.
CREATE TABLE photos (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  record BLOB NOT NULL REFERENCES records (id),
  kind INTEGER NOT NULL,
  capture_date INTEGER,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  no_template_reason INTEGER NOT NULL,
  created INTEGER NOT NULL,
  change INTEGER NOT NULL
) STRICT;
CREATE INDEX photos_by_record ON photos (record);

CREATE TABLE faces (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  photo BLOB NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  geometry TEXT NOT NULL  -- box, landmarks and quality as a JSON document
) STRICT;
CREATE INDEX faces_by_photo ON faces (photo);

CREATE TABLE templates (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  face BLOB NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
  space_id TEXT NOT NULL,
  vector BLOB NOT NULL,  -- float32, little-endian
  UNIQUE (face, space_id)
) STRICT;

-- Searches stay when a record is erased: they name it by its id alone, and so without reference.
CREATE TABLE searches (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  created INTEGER NOT NULL,
  caller TEXT NOT NULL,
  purpose TEXT NOT NULL,
  case_reference TEXT NOT NULL,
  origin INTEGER NOT NULL,
  probe_record BLOB CHECK (length(probe_record) = 16),
  probe_photo BLOB CHECK (length(probe_photo) = 16),
  probe_hash BLOB NOT NULL CHECK (length(probe_hash) = 32),
  change INTEGER NOT NULL,
  no_candidate INTEGER NOT NULL,
  account TEXT NOT NULL  -- criteria, space, operating point and comparison as a JSON document
) STRICT;
CREATE INDEX searches_by_case ON searches (case_reference, sequence);

CREATE TABLE candidates (
  search INTEGER NOT NULL REFERENCES searches (sequence),
  rank INTEGER NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  photo BLOB NOT NULL CHECK (length(photo) = 16),
  face BLOB NOT NULL CHECK (length(face) = 16),
  box_x REAL NOT NULL,
  box_y REAL NOT NULL,
  box_width REAL NOT NULL,
  box_height REAL NOT NULL,
  distance REAL NOT NULL,
  above_operating_point INTEGER NOT NULL,
  flags TEXT NOT NULL,  -- a JSON array of numbers
  probe_index INTEGER NOT NULL,
  PRIMARY KEY (search, rank)
) STRICT, WITHOUT ROWID;

-- What a request_id was used for; kept when what it names is erased.
CREATE TABLE requests (
  caller TEXT NOT NULL,
  request_id TEXT NOT NULL,
  method TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  record BLOB CHECK (length(record) = 16),
  photos BLOB NOT NULL CHECK (length(photos) % 16 = 0),  -- ids, one after the other
  search BLOB CHECK (length(search) = 16),
  PRIMARY KEY (caller, request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  caller TEXT NOT NULL,
  method TEXT NOT NULL,
  object TEXT NOT NULL,
  purpose TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
