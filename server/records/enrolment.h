// The one way in which faces are stored. Storing is a search: the answer carries the candidates.
#pragma once

#include <optional>
#include <vector>

#include "server/records/photo_intake.h"
#include "server/records/record_view.h"
#include "server/records/search_view.h"

namespace homeward {

struct NewRecord {
  Record record;  // what the caller says about the person; ids, times and state are given here
  std::vector<NewPhoto> photos;
  int max_candidates = 0;  // 0: the usual number
};

// Photos erased since the request was first answered are missing.
struct Enrolment {
  RecordView record;
  std::vector<PhotoEntry> photos;    // in the order of the request
  std::optional<SearchView> search;  // nullopt: no photo had a usable face
};

// Stores all of it or nothing; durable when it returns a value. A repetition of the request is
// answered from the store, before any photo is decoded. Thread safe.
// Errors: those of CheckPurposefulIntent, CheckedRecord, FindAnswered and TakeIn (with metadata
// `photo_index` where there are several photos); kRequestTooLarge; those of store and vault.
Result<Enrolment> EnrolRecord(Casebook& book, const Intent& intent, const NewRecord& input);

// The same for one more photo of a record. Errors: also kRecordNotFound, kTooManyPhotos.
Result<Enrolment> EnrolPhoto(Casebook& book, const Intent& intent, const RecordId& record,
                             const NewPhoto& photo, int max_candidates);

}  // namespace homeward
