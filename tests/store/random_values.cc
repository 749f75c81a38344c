#include "tests/store/random_values.h"

namespace homeward {
namespace {

const std::vector<std::string> kRegions = {"",       "000000", "410000",    "410900",
                                           "410902", "411002", "410902001", "410902001204"};
const std::vector<std::string> kUnits = {"", "units/1", "units/2", "units/3"};
const std::vector<std::string> kSpaces = {"space-a", "space-b"};

}  // namespace

std::string RandomValues::Text() {
  static const std::vector<std::string> kPieces = {
      "a", "陈", "𠮷", "\"", "\\", "\n", "é", "1", std::string(1, '\0'), "</x>", "'; --"};
  std::string text;
  for (std::size_t n = OneIn(2) ? 0 : Below(OneIn(20) ? 3000 : 12); n > 0; --n) {
    text += OneOf(kPieces);
  }
  return text;
}

Date RandomValues::AnyDate() {
  Date date{static_cast<int>(1930 + Below(95)), 0, 0};
  if (OneIn(3)) return date;
  date.month = static_cast<int>(1 + Below(12));
  if (!OneIn(3)) date.day = static_cast<int>(1 + Below(28));
  return date;
}

Record RandomValues::AnyRecord() {
  Record record;
  record.id = NewId<RecordId>();
  record.kind = static_cast<RecordKind>(1 + Below(3));
  record.unit = OneOf(kUnits);
  record.source_reference = Text();
  record.person.claimed_name = Text();
  record.person.remarks = Text();
  for (std::size_t n = Below(3); n > 0; --n) record.person.aliases.push_back(Text());
  record.person.sex = static_cast<Sex>(Below(4));
  if (OneIn(2)) record.person.age_min = static_cast<int>(Below(90));
  if (OneIn(2)) record.person.age_max = record.person.age_min.value_or(0) + 5;
  if (OneIn(2)) record.person.age_date = AnyDate();
  if (OneIn(3)) record.person.birth_date = AnyDate();
  if (OneIn(5)) record.person.citizen_id = "11010519491231002X";
  record.legal_basis = static_cast<LegalBasis>(Below(4));
  record.created = Time(std::chrono::hours(Below(500'000)));
  record.updated = record.created + std::chrono::microseconds(Below(1'000'000));
  switch (record.kind) {
    case RecordKind::kStranded: {
      StrandedDetails details;
      details.found_region_code = OneOf(kRegions);
      if (OneIn(2)) details.found_time = record.updated;
      record.details = details;
      break;
    }
    case RecordKind::kMissing: {
      MissingDetails details;
      details.lost_region_code = OneOf(kRegions);
      if (OneIn(2)) details.lost_date = AnyDate();
      details.reporter_identity_checked = OneIn(2);
      record.details = details;
      break;
    }
    case RecordKind::kAtRisk: {
      AtRiskDetails details;
      details.township_region_code = OneOf(kRegions);
      if (OneIn(2)) details.registered_date = AnyDate();
      for (std::size_t n = Below(3); n > 0; --n) details.visit_dates.push_back(AnyDate());
      record.details = details;
      break;
    }
  }
  return record;
}

SearchFilter RandomValues::AnyFilter() {
  SearchFilter filter;
  for (std::size_t n = Below(3); n > 0; --n) {
    filter.kinds.push_back(static_cast<RecordKind>(1 + Below(3)));
  }
  for (std::size_t n = Below(3); n > 0; --n) filter.region_codes.push_back(OneOf(kRegions));
  for (std::size_t n = Below(3); n > 0; --n) filter.units.push_back(OneOf(kUnits));
  if (OneIn(3)) filter.sex = static_cast<Sex>(Below(4));
  if (OneIn(3)) filter.birth_year_min = static_cast<int>(1930 + Below(95));
  if (OneIn(3)) filter.birth_year_max = static_cast<int>(1930 + Below(95));
  if (OneIn(3)) filter.event_day_min = FirstDay(AnyDate());
  if (OneIn(3)) filter.event_day_max = LastDay(AnyDate());
  return filter;
}

PhotoEntry RandomValues::AnyPhoto(const RecordId& record) {
  PhotoEntry photo;
  photo.id = NewId<PhotoId>();
  photo.record = record;
  photo.kind = static_cast<PhotoKind>(Below(5));
  if (OneIn(2)) photo.capture_date = AnyDate();
  for (auto& byte : photo.sha256) byte = static_cast<std::uint8_t>(Below(256));
  photo.width_px = static_cast<int>(Below(5000));
  for (std::size_t n = Below(3); n > 0; --n) {
    FaceEntry face;
    face.id = NewId<FaceId>();
    face.face.box = {static_cast<float>(Below(1000)) / 3, 1, 2, 3};
    if (OneIn(2)) face.face.print.emplace().values.back() = static_cast<std::uint8_t>(Below(256));
    face.shot = static_cast<std::int32_t>(Below(4));
    for (const std::string& space : kSpaces) {
      if (OneIn(3)) continue;
      face.templates.push_back({space, {static_cast<float>(Below(1000)) / 7, -1, 0}});
    }
    photo.faces.push_back(face);
  }
  return photo;
}

}  // namespace homeward
