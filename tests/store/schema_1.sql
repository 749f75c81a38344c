-- A data folder's database as schema 1 wrote it: four records, one of them erased, one linked with
-- another, one changed since; photos, one of them deleted since; a search and a request.
BEGIN TRANSACTION;
CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  caller TEXT NOT NULL,
  method TEXT NOT NULL,
  object TEXT NOT NULL,
  purpose TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
INSERT INTO "audit_events" VALUES(1,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(2,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(3,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(4,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(5,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(6,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(7,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
INSERT INTO "audit_events" VALUES(8,1620010003000000,'station','CreateRecord','records/x','intake','request-1');
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
INSERT INTO "candidates" VALUES(1,1,X'00000000000000007FFFFFFFFFFFFFEF',X'00000000000000007FFFFFFFFFFFFFEE',X'00000000000000007FFFFFFFFFFFFFED',1.5,2.25,3.09999990463256835937e+00,4.0,0.1,1,'[3,0]',1);
INSERT INTO "candidates" VALUES(1,2,X'00000000000000007FFFFFFFFFFFFFEC',X'00000000000000007FFFFFFFFFFFFFEB',X'00000000000000007FFFFFFFFFFFFFEA',1.5,2.25,3.09999990463256835937e+00,4.0,0.2,0,'[3,0]',0);
CREATE TABLE faces (
  sequence INTEGER PRIMARY KEY,
  id BLOB UNIQUE CHECK (length(id) = 16),
  photo INTEGER REFERENCES photos (sequence),
  geometry TEXT,  -- box, landmarks and quality as JSON
  CHECK ((id IS NULL) = (photo IS NULL)),
  CHECK ((id IS NULL) = (geometry IS NULL))
) STRICT;
INSERT INTO "faces" VALUES(1,X'00000000000000007FFFFFFFFFFFFFF9',1,'{"box":[10.5,-20.100000381469727,300.0,310.0],"found_by":1,"landmarks":[[1.0,2.0],[3.0,4.0],[5.0,6.0],[7.0,8.0],[9.100000381469727,10.0]],"quality":{"brightness":120.0,"eye_distance_px":61.5,"flags":[4,2],"roll_degrees":-3.5,"sharpness":80.30000305175781,"yaw":0.10000000149011612}}');
INSERT INTO "faces" VALUES(2,X'00000000000000007FFFFFFFFFFFFFF3',2,'{"box":[10.5,-20.100000381469727,300.0,310.0],"found_by":1,"landmarks":[[1.0,2.0],[3.0,4.0],[5.0,6.0],[7.0,8.0],[9.100000381469727,10.0]],"quality":{"brightness":120.0,"eye_distance_px":61.5,"flags":[4,2],"roll_degrees":-3.5,"sharpness":80.30000305175781,"yaw":0.10000000149011612}}');
INSERT INTO "faces" VALUES(3,NULL,NULL,NULL);
CREATE TABLE linked_stays (
  one BLOB NOT NULL REFERENCES records (id),
  other BLOB NOT NULL REFERENCES records (id),
  linked INTEGER NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
) STRICT, WITHOUT ROWID;
INSERT INTO "linked_stays" VALUES(X'00000000000000007FFFFFFFFFFFFFFB',X'00000000000000007FFFFFFFFFFFFFFE',1620010004000000);
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('last_change',8);
INSERT INTO "meta" VALUES('models_digest','sha256:00ff');
INSERT INTO "meta" VALUES('schema_version',1);
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
INSERT INTO "particulars" VALUES(1,2,1964,1964,18750,'410902','units/410900-01','{"details":{"arrival_route":"POLICE","entry_time":1620003600000000,"found_place":"火车站","found_place_type":"RAILWAY_STATION","found_region_code":"410902","found_time":1620000000000000,"place_of_stay":"HOSPITAL","protected_class":"ELDERLY"},"legal_basis":1,"person":{"accent":"豫东","age_basis":2,"age_date":20210507,"age_max":60,"age_min":0,"aliases":["老陈","𠮷福"],"birth_date":19641100,"build":"瘦","citizen_id":"990000190001010008","claimed_name":"陈某 \"阿福\"","clothing":"蓝色棉衣","ethnicity":"汉","features":"左眉有疤","health":"神志不清","height_cm":171,"home_place":"某村","home_region_code":"410902","remarks":"line\nline\\","sex":2,"words_spoken":"王庄"},"source_reference":"R-2021-0007"}');
INSERT INTO "particulars" VALUES(2,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "particulars" VALUES(3,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "particulars" VALUES(4,2,1964,1964,18750,'410902','units/410900-01','{"details":{"arrival_route":"POLICE","entry_time":1620003600000000,"found_place":"火车站","found_place_type":"RAILWAY_STATION","found_region_code":"410902","found_time":1620000000000000,"place_of_stay":"HOSPITAL","protected_class":"ELDERLY"},"legal_basis":1,"person":{"accent":"豫东","age_basis":2,"age_date":20210507,"age_max":60,"age_min":0,"aliases":["老陈","𠮷福"],"birth_date":19641100,"build":"瘦","citizen_id":"990000190001010008","claimed_name":"陈某 \"阿福\"","clothing":"蓝色棉衣","ethnicity":"汉","features":"左眉有疤","health":"神志不清","height_cm":171,"home_place":"某村","home_region_code":"410902","remarks":"line\nline\\","sex":2,"words_spoken":"王庄"},"source_reference":"R-2021-0007"}');
INSERT INTO "particulars" VALUES(5,2,1964,1964,18383,'120101','units/410900-01','{"details":{"consent_text_version":"2021-1","consent_time":1619000000000000,"last_photo_date":20190000,"lost_date":20200501,"lost_place":"市场","lost_region_code":"120101","police_report_number":"P-1","reporter_contact":"000-0000","reporter_identity_checked":true,"reporter_name":"李某","reporter_relation":"SISTER"},"legal_basis":1,"person":{"accent":"豫东","age_basis":2,"age_date":20210507,"age_max":60,"age_min":0,"aliases":["老陈","𠮷福"],"birth_date":19641100,"build":"瘦","citizen_id":"990000190001010008","claimed_name":"改名","clothing":"蓝色棉衣","ethnicity":"汉","features":"左眉有疤","health":"神志不清","height_cm":171,"home_place":"某村","home_region_code":"410902","remarks":"line\nline\\","sex":2,"words_spoken":"王庄"},"source_reference":"R-2021-0007"}');
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
INSERT INTO "photos" VALUES(1,X'00000000000000007FFFFFFFFFFFFFFA',1,2,20210500,X'0505050505050505050505050505050505050505050505050505050505050505',1200,1600,0,1620010001000000,1);
INSERT INTO "photos" VALUES(2,X'00000000000000007FFFFFFFFFFFFFF4',2,2,20210500,X'0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B',1200,1600,0,1620010001000000,2);
INSERT INTO "photos" VALUES(3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "records" VALUES(1,X'00000000000000007FFFFFFFFFFFFFFE',1,1,1620010000000007,1620010000000007,1,NULL,NULL,1);
INSERT INTO "records" VALUES(2,X'00000000000000007FFFFFFFFFFFFFFD',2,1,1620010000000007,1620010000000007,2,NULL,NULL,5);
INSERT INTO "records" VALUES(3,X'00000000000000007FFFFFFFFFFFFFFC',3,2,1620010000000007,1620020000000000,2,1620020000000000,'asked',NULL);
INSERT INTO "records" VALUES(4,X'00000000000000007FFFFFFFFFFFFFFB',1,1,1620010000000007,1620010000000007,1,NULL,NULL,4);
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
INSERT INTO "requests" VALUES('station','request-1','CreateRecord',X'5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A',X'00000000000000007FFFFFFFFFFFFFF8',X'00000000000000007FFFFFFFFFFFFFF700000000000000007FFFFFFFFFFFFFF6',X'00000000000000007FFFFFFFFFFFFFF5');
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
INSERT INTO "searches" VALUES(1,X'00000000000000007FFFFFFFFFFFFFF2',1620010002000000,'station','寻亲','case-1',3,X'00000000000000007FFFFFFFFFFFFFF1',X'00000000000000007FFFFFFFFFFFFFF0',X'ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB',41,0,'{"comparison":{"compared":3,"filtered":2,"kind_not_searched":2,"no_usable_face":1,"other_space":1,"own":1,"searchable":10,"templates_compared":5},"criteria":{"age_max":99,"age_min":0,"event_date_max":20210630,"event_date_min":20200000,"kinds":[2,3],"region_codes":["410000"],"sex":1,"units":["units/1","units/2"]},"operating_point":{"data":"faces","fpir":0.01,"gallery_size":1000,"measured_on":"2021-05-07","name":"default","space_id":"space-a","threshold":0.376},"space":{"dimension":128,"id":"space-a","model":"weights.dat sha256:00"}}');
CREATE TABLE templates (
  sequence INTEGER PRIMARY KEY,
  face INTEGER REFERENCES faces (sequence),
  space_id TEXT,
  vector BLOB,  -- float32, little-endian
  UNIQUE (face, space_id),
  CHECK ((face IS NULL) = (space_id IS NULL)),
  CHECK ((face IS NULL) = (vector IS NULL))
) STRICT;
INSERT INTO "templates" VALUES(1,1,'space-a',X'0000C040CDCC8CBF000000006042A20D');
INSERT INTO "templates" VALUES(2,1,'space-b',X'0000E040CDCC8CBF000000006042A20D');
INSERT INTO "templates" VALUES(3,2,'space-a',X'00004041CDCC8CBF000000006042A20D');
CREATE INDEX photos_by_record ON photos (record);
CREATE INDEX faces_by_photo ON faces (photo);
CREATE INDEX linked_stays_by_other ON linked_stays (other);
CREATE INDEX searches_by_case ON searches (case_reference, sequence);
COMMIT;
