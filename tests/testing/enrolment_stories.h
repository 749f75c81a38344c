// What people do with records, in one line each, for tests that tell longer stories.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "server/records/enrolment.h"
#include "server/records/face_search.h"
#include "server/records/record_book.h"
#include "tests/testing/casebook_folder.h"
#include "tests/testing/reasons.h"

namespace homeward::testing {

inline Intent IntentFor(std::string method, std::string request_id = "") {
  Intent intent;
  intent.caller = "station";
  intent.method = std::move(method);
  intent.purpose = "identify";
  intent.request_id = std::move(request_id);
  return intent;
}

inline Record RecordOfKind(RecordKind kind) {
  Record record;
  record.kind = kind;
  if (kind == RecordKind::kMissing) record.details = MissingDetails();
  if (kind == RecordKind::kAtRisk) record.details = AtRiskDetails();
  return record;
}

inline NewPhoto NewPhotoOf(const std::vector<std::uint8_t>& bytes) {
  NewPhoto photo;
  photo.shown.bytes = bytes;
  return photo;
}

// Stores a record with a photo of each of these faces, given as {identity, variation}.
inline Result<Enrolment> Enrol(Casebook& book, RecordKind kind,
                               const std::vector<std::pair<int, int>>& faces,
                               const std::string& request_id = "") {
  std::vector<std::vector<std::uint8_t>> bytes;
  for (const auto& [identity, variation] : faces) bytes.push_back(PhotoOf(identity, variation));
  NewRecord input{.record = RecordOfKind(kind), .photos = {}};
  for (const auto& each : bytes) input.photos.push_back(NewPhotoOf(each));
  return EnrolRecord(book, IntentFor("CreateRecord", request_id), input);
}

inline Result<Enrolment> AddPhoto(Casebook& book, const RecordId& record, int identity,
                                  int variation, const std::string& request_id = "") {
  const auto bytes = PhotoOf(identity, variation);
  return EnrolPhoto(book, IntentFor("CreatePhoto", request_id), record, NewPhotoOf(bytes), 0);
}

inline Result<RecordView> Erase(Casebook& book, const RecordId& record,
                                const std::string& request_id = "") {
  return EraseRecord(book, IntentFor("EraseRecord", request_id), record, "");
}

inline Result<FaceSearch> SearchWith(Casebook& book, const std::vector<std::uint8_t>& bytes,
                                     SearchCriteria criteria = {},
                                     const std::string& request_id = "") {
  FaceQuery query{.probe = ShownPhoto{.bytes = bytes, .face_box = {}},
                  .criteria = std::move(criteria)};
  return SearchFaces(book, IntentFor("SearchFaces", request_id), query);
}

inline std::vector<RecordId> RecordsOf(const SearchView& search) {
  std::vector<RecordId> records;
  for (const CandidateView& each : search.candidates) records.push_back(each.entry.record);
  return records;
}

}  // namespace homeward::testing
