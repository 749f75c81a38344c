-- Times are microseconds since 1970-01-01 UTC, dates numbers like 20210507 (a part that is not
-- stated is 0), days are counted from 1970-01-01, enumerators are the numbers of the C++ headers.

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('last_change', 0);

-- Open records, and the tombstones of erased ones.
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
  particulars INTEGER REFERENCES particulars (sequence),
  CHECK ((state = 1) = (particulars IS NOT NULL)),
  CHECK ((state = 2) = (erased IS NOT NULL)),
  CHECK ((state = 2) = (erase_reason IS NOT NULL))
) STRICT;

-- The next four tables hold what an erasure must leave no trace of. secure_delete overwrites a row
-- where it lies, but SQLite may have left a copy elsewhere when it moved the row to another page.
-- So rows are only ever added at the end, and emptied in place (every column NULL but the
-- sequence): neither moves a row. They are never deleted and never made longer.

-- What is said about a person. A record's change adds a row and empties the one before.
CREATE TABLE particulars (
  sequence INTEGER PRIMARY KEY,
  -- What a search can be narrowed by; years and day are NULL where unknown.
  sex INTEGER CHECK (sex BETWEEN 0 AND 3),
  birth_year_min INTEGER,
  birth_year_max INTEGER,
  event_day INTEGER,
  region_code TEXT,
  unit TEXT,
  document TEXT,  -- everything else, as JSON
  CHECK (document IS NOT NULL OR
         coalesce(sex, birth_year_min, birth_year_max, event_day, region_code, unit) IS NULL),
  CHECK (document IS NULL OR (sex + length(region_code) + length(unit)) IS NOT NULL)
) STRICT;

-- The bytes are in the photo vault.
CREATE TABLE photos (
  sequence INTEGER PRIMARY KEY,
  id BLOB UNIQUE CHECK (length(id) = 16),
  record INTEGER REFERENCES records (created_change),
  kind INTEGER,
  capture_date INTEGER,
  sha256 BLOB CHECK (length(sha256) = 32),
  width_px INTEGER,
  height_px INTEGER,
  no_template_reason INTEGER,
  created INTEGER,
  change INTEGER,
  CHECK (id IS NOT NULL OR coalesce(record, kind, capture_date, sha256, width_px, height_px,
                                    no_template_reason, created, change) IS NULL),
  CHECK (id IS NULL OR (record + kind + length(sha256) + width_px + height_px +
                        no_template_reason + created + change) IS NOT NULL)
) STRICT;
CREATE INDEX photos_by_record ON photos (record);

CREATE TABLE faces (
  sequence INTEGER PRIMARY KEY,
  id BLOB UNIQUE CHECK (length(id) = 16),
  photo INTEGER REFERENCES photos (sequence),
  geometry TEXT,  -- box, landmarks and quality as JSON
  CHECK ((id IS NULL) = (photo IS NULL)),
  CHECK ((id IS NULL) = (geometry IS NULL))
) STRICT;
CREATE INDEX faces_by_photo ON faces (photo);

CREATE TABLE templates (
  sequence INTEGER PRIMARY KEY,
  face INTEGER REFERENCES faces (sequence),
  space_id TEXT,
  vector BLOB,  -- float32, little-endian
  UNIQUE (face, space_id),
  CHECK ((face IS NULL) = (space_id IS NULL)),
  CHECK ((face IS NULL) = (vector IS NULL))
) STRICT;

-- Pairs of STRANDED records that are stays of one person, the lesser id first.
CREATE TABLE linked_stays (
  one BLOB NOT NULL REFERENCES records (id),
  other BLOB NOT NULL REFERENCES records (id),
  linked INTEGER NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_stays_by_other ON linked_stays (other);

-- Searches stay when a record is erased. They say nothing of it but its id, which may be a
-- tombstone's: no REFERENCES.
CREATE TABLE searches (
  sequence INTEGER PRIMARY KEY,
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
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  caller TEXT NOT NULL,
  method TEXT NOT NULL,
  object TEXT NOT NULL,
  purpose TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
