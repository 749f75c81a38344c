// The same person's earlier and later stays: linked, and not merged.
#pragma once

#include "server/records/casebook.h"
#include "server/records/intent.h"
#include "server/records/record_view.h"

namespace homeward {

// `id` as it is after. The order of the two does not matter to the link. Both count a change.
// Errors: kFieldInvalid (a record and itself), kRecordNotFound, kKindMismatch (not both STRANDED),
// kAlreadyLinked.
Result<RecordView> LinkStays(Casebook& book, const Intent& intent, const RecordId& id,
                             const RecordId& other);
// Errors: kRecordNotFound, kNotLinked.
Result<RecordView> UnlinkStays(Casebook& book, const Intent& intent, const RecordId& id,
                               const RecordId& other);

}  // namespace homeward
