// The details of each kind of record, between the contract and the domain.
#pragma once

#include "homeward/v1/record.pb.h"
#include "matcher/error.h"
#include "server/records/record.h"

namespace homeward {

using Details = decltype(Record::details);

// Sets the details of `proto`.
void SetDetails(const Details& details, v1::Record& proto);
// The details of a record of `kind`: empty ones where none are set. Errors: kFieldInvalid with the
// path from `record`, for the details of another kind too. Limits are checked by the domain.
Result<Details> DetailsOf(RecordKind kind, const v1::Record& proto);

}  // namespace homeward
