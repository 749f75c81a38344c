// Records, photos and searches to store, each with ids of its own.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "server/store/photo_vault.h"
#include "server/store/store.h"

namespace homeward {

inline constexpr const char* kSpaceA = "space-a";
inline constexpr const char* kSpaceB = "space-b";

inline Time At(std::int64_t seconds) { return Time(std::chrono::seconds(seconds)); }

// Ids that count up, so that a failing run repeats. Their bytes are spread: nothing may depend on
// later ids being larger.
class SampleIds {
 public:
  template <class IdType>
  IdType Next() {
    IdType id;
    ++count_;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
      id.bytes[i] = static_cast<std::uint8_t>((count_ * 2654435761u + i * 40503u) >> (i % 4 * 8));
    }
    for (std::size_t i = 0; i < 4; ++i)
      id.bytes[12 + i] = static_cast<std::uint8_t>(count_ >> i * 8);
    return id;
  }

 private:
  std::uint64_t count_ = 0;
};

inline Record SampleRecord(SampleIds& ids, RecordKind kind) {
  Record record;
  record.id = ids.Next<RecordId>();
  record.kind = kind;
  record.unit = "410900-01";
  record.source_reference = "R-2021-0007";
  record.person.claimed_name = "某某";
  record.person.sex = Sex::kMale;
  record.person.birth_date = Date{1980, 2, 0};
  record.created = record.updated = At(1'620'000'000);
  switch (kind) {
    case RecordKind::kStranded:
      record.details = StrandedDetails{.found_region_code = "410902",
                                       .found_place = "火车站",
                                       .found_place_type = "",
                                       .found_time = At(1'619'900'000),
                                       .entry_time = std::nullopt,
                                       .arrival_route = "",
                                       .protected_class = "",
                                       .place_of_stay = ""};
      break;
    case RecordKind::kMissing: {
      MissingDetails details;
      details.lost_region_code = "120101";
      details.lost_date = Date{2020, 5, 1};
      record.details = details;
      break;
    }
    case RecordKind::kAtRisk: {
      AtRiskDetails details;
      details.township_region_code = "410902001";
      details.registered_date = Date{2019, 12, 31};
      record.details = details;
      break;
    }
  }
  return record;
}

inline Template SampleTemplate(const char* space_id, float first) {
  return {space_id, {first, -1.5f, 0.25f, 1e-7f}};
}

// A photo with one face; empty `space_ids` makes the face unusable.
inline PhotoEntry SamplePhoto(SampleIds& ids, const RecordId& record,
                              const std::vector<const char*>& space_ids) {
  PhotoEntry photo;
  photo.id = ids.Next<PhotoId>();
  photo.record = record;
  photo.kind = PhotoKind::kIntake;
  photo.capture_date = Date{2021, 5, 0};
  photo.sha256 = Sha256Of(photo.id.bytes);
  photo.width_px = 1200;
  photo.height_px = 1600;
  photo.no_template_reason =
      space_ids.empty() ? NoTemplateReason::kFaceNotUsable : NoTemplateReason::kNone;
  photo.created = At(1'620'000'001);
  FaceEntry face;
  face.id = ids.Next<FaceId>();
  face.face.box = {10.5f, 20.25f, 300, 310};
  face.face.landmarks = {{{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9.125f, 10}}};
  face.face.found_by = DetectionStage::kMmod;
  face.face.quality = {.eye_distance_px = 61.5f,
                       .sharpness = 80,
                       .brightness = 120,
                       .roll_degrees = -3.5f,
                       .yaw = 0.1f,
                       .flags = {QualityFlag::kTurned, QualityFlag::kDark}};
  float first = 0;
  for (const char* space_id : space_ids)
    face.templates.push_back(SampleTemplate(space_id, ++first));
  photo.faces.push_back(face);
  return photo;
}

inline AuditEvent SampleEvent() {
  return {At(1'620'000'002), "station", "CreateRecord", "records/x", "intake", "request-1"};
}

}  // namespace homeward
