// One change of the database, made at most once for one request, and the gallery brought along.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/records/casebook.h"
#include "server/records/intent.h"

namespace homeward {

// What was done inside a transaction.
struct Deed {
  std::string object = {};  // resource name, for the audit trail
  // What the answer is made of.
  std::optional<RecordId> record = {};
  std::vector<PhotoId> photos = {};
  std::optional<SearchId> search = {};
  // What changes in the gallery, which may be nothing; its number is given by Perform.
  GalleryChange gallery = {};
  // What is decided by from now on, where that changes.
  std::optional<OperatingPoint> operating_point = {};
};

// Runs `act` in a transaction under the writer lock and commits it with its request_id and audit
// event; gallery and operating point follow before the lock is released, so inside `act` it agrees
// with the database. A repeated request runs nothing and gets what was done the first time.
//
// The process ends if the gallery cannot follow a committed change: it would answer searches
// wrongly from then on, and the next start builds it anew from the database. Errors:
// kRequestIdReused; those of `act` and the store, and then nothing has changed.
Result<RequestEntry> Perform(Casebook& book, const Intent& intent,
                             const std::function<Result<Deed>(UnitOfWork&)>& act);

}  // namespace homeward
