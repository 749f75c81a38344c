// What one enrolment stores, and storing it.
#pragma once

#include <vector>

#include "server/records/deed.h"
#include "server/records/enrolment_search.h"
#include "server/records/photo_entry.h"
#include "server/records/record.h"

namespace homeward {

struct Intake {
  Record record;  // to be added, or of the photo to be added: then only its id counts
  bool is_new = true;
  std::vector<PhotoEntry> photos;  // exactly one for a stored record
};

// Inside a transaction: adds record, photos, search and coverage, finishing the search.
// Errors: kRecordNotFound, kTooManyPhotos; those of the store.
Result<Deed> PutIntake(Casebook& book, const Intent& intent, UnitOfWork& unit, const Intake& intake,
                       const EnrolmentSearch& search);

}  // namespace homeward
