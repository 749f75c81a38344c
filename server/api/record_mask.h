// Which fields of a record an UpdateRecord call changes, and the change.
#pragma once

#include "homeward/v1/record_service.pb.h"
#include "matcher/error.h"
#include "server/records/record_book.h"

namespace homeward {

// The edit that the call's record and mask stand for: each field that the mask names gets the
// call's value, or is cleared where the call has none. An age without its own date in the call is
// dated anew. Points into `request`, which must outlive it.
// Errors: kUpdateMaskInvalid with metadata `path`; of the edit: kFieldInvalid.
Result<RecordEdit> EditOf(const v1::UpdateRecordRequest& request);

}  // namespace homeward
