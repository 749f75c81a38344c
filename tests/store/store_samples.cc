#include "tests/store/store_samples.h"

namespace homeward {
namespace {

Person SamplePerson() {
  Person person;
  person.claimed_name = "陈某 \"阿福\"";
  person.aliases = {"老陈", "𠮷福"};
  person.sex = Sex::kMale;
  person.age_min = 0;
  person.age_max = 60;
  person.age_basis = AgeBasis::kEstimated;
  person.age_date = Date{2021, 5, 7};
  person.birth_date = Date{1964, 11, 0};
  person.citizen_id = "990000190001010008";
  person.height_cm = 171;
  person.build = "瘦";
  person.accent = "豫东";
  person.ethnicity = "汉";
  person.features = "左眉有疤";
  person.clothing = "蓝色棉衣";
  person.health = "神志不清";
  person.words_spoken = "王庄";
  person.home_region_code = "410902";
  person.home_place = "某村";
  person.remarks = "line\nline\\";
  return person;
}

StrandedDetails SampleStranded() {
  StrandedDetails details;
  details.found_region_code = "410902";
  details.found_place = "火车站";
  details.found_place_type = "RAILWAY_STATION";
  details.found_time = At(1'620'000'000);
  details.entry_time = At(1'620'003'600);
  details.arrival_route = "POLICE";
  details.protected_class = "ELDERLY";
  details.place_of_stay = "HOSPITAL";
  return details;
}

MissingDetails SampleMissing() {
  MissingDetails details;
  details.reporter_name = "李某";
  details.reporter_contact = "000-0000";
  details.reporter_relation = "SISTER";
  details.reporter_identity_checked = true;
  details.police_report_number = "P-1";
  details.lost_region_code = "120101";
  details.lost_place = "市场";
  details.lost_date = Date{2020, 5, 1};
  details.last_photo_date = Date{2019, 0, 0};
  details.consent_text_version = "2021-1";
  details.consent_time = At(1'619'000'000);
  return details;
}

AtRiskDetails SampleAtRisk() {
  AtRiskDetails details;
  details.category = "DEMENTIA";
  details.township_region_code = "410902001";
  details.guardian_name = "赵某";
  details.guardian_contact = "000-0001";
  details.registered_date = Date{2019, 12, 31};
  details.visit_dates = {{2020, 2, 29}, {2020, 4, 0}};
  return details;
}

}  // namespace

Record StoreSamples::NewRecord(RecordKind kind) {
  Record record;
  record.id = NewId<RecordId>();
  record.kind = kind;
  record.unit = "units/410900-01";
  record.source_reference = "R-2021-0007";
  record.person = SamplePerson();
  record.legal_basis = LegalBasis::kStatutoryDuty;
  record.created = record.updated = At(1'620'010'000) + std::chrono::microseconds(7);
  switch (kind) {
    case RecordKind::kStranded:
      record.details = SampleStranded();
      break;
    case RecordKind::kMissing:
      record.details = SampleMissing();
      break;
    case RecordKind::kAtRisk:
      record.details = SampleAtRisk();
      break;
  }
  return record;
}

PhotoEntry StoreSamples::NewPhoto(const RecordId& record, const std::vector<std::string>& spaces) {
  PhotoEntry photo;
  photo.id = NewId<PhotoId>();
  photo.record = record;
  photo.kind = PhotoKind::kFamily;
  photo.capture_date = Date{2021, 5, 0};
  photo.sha256.fill(static_cast<std::uint8_t>(ids_));
  photo.width_px = 1200;
  photo.height_px = 1600;
  photo.no_template_reason =
      spaces.empty() ? NoTemplateReason::kFaceNotUsable : NoTemplateReason::kNone;
  photo.created = At(1'620'010'001);
  FaceEntry face;
  face.id = NewId<FaceId>();
  face.face.box = {10.5f, -20.1f, 300, 310};
  face.face.landmarks = {{{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9.1f, 10}}};
  face.face.found_by = DetectionStage::kMmod;
  face.face.quality = {61.5f, 80.3f, 120, -3.5f, 0.1f, {QualityFlag::kTurned, QualityFlag::kDark}};
  for (const std::string& space : spaces) {
    const auto component = static_cast<float>(ids_ + face.templates.size());
    face.templates.push_back({space, {component, -1.1f, 0, 1e-30f}});
  }
  photo.faces.push_back(face);
  return photo;
}

SearchEntry StoreSamples::NewSearch(const std::string& case_reference) {
  SearchEntry search;
  search.id = NewId<SearchId>();
  search.created = At(1'620'010'002);
  search.caller = "station";
  search.purpose = "寻亲";
  search.case_reference = case_reference;
  search.origin = SearchOrigin::kFolder;
  search.probe_record = NewId<RecordId>();
  search.probe_photo = NewId<PhotoId>();
  search.probe_hash.fill(0xab);
  search.criteria = {.kinds = {RecordKind::kMissing, RecordKind::kAtRisk},
                     .region_codes = {"410000"},
                     .units = {"units/1", "units/2"},
                     .sex = Sex::kFemale,
                     .age_min = 0,
                     .age_max = 99,
                     .event_date_min = Date{2020, 0, 0},
                     .event_date_max = Date{2021, 6, 30}};
  search.space = {kSpaceA, "weights.dat sha256:00", 128};
  search.operating_point = {"default", kSpaceA, 0.376, 0.01, 1000, "faces", "2021-05-07", 0.007};
  search.change = 41;
  search.comparison = {10, 3, 1, 2, 2, 1, 1, 5};
  search.no_candidate = false;
  for (int rank = 1; rank <= 2; ++rank) {
    CandidateEntry candidate;
    candidate.rank = rank;
    candidate.record = NewId<RecordId>();
    candidate.photo = NewId<PhotoId>();
    candidate.face = NewId<FaceId>();
    candidate.box = {1.5f, 2.25f, 3.1f, 4};
    candidate.distance = 0.1 * rank;
    candidate.above_operating_point = rank == 1;
    candidate.flags = {AttributeFlag::kAccentDiffers, AttributeFlag::kNameDiffers};
    candidate.probe_index = 2 - rank;
    search.candidates.push_back(candidate);
  }
  return search;
}

RequestEntry StoreSamples::NewRequest(const std::string& caller, const std::string& request_id) {
  RequestEntry request;
  request.caller = caller;
  request.method = "CreateRecord";
  request.request_id = request_id;
  request.digest.fill(0x5a);
  request.record = NewId<RecordId>();
  request.photos = {NewId<PhotoId>(), NewId<PhotoId>()};
  request.search = NewId<SearchId>();
  return request;
}

AuditEvent StoreSamples::NewEvent() {
  return {At(1'620'010'003), "station", "CreateRecord", "records/x", "intake", "request-1"};
}

}  // namespace homeward
