// Records between the contract and the domain.
#pragma once

#include "homeward/v1/record.pb.h"
#include "matcher/error.h"
#include "server/records/record.h"
#include "server/records/record_view.h"

namespace homeward {

// Everything that is shown. Of a tombstone: name, kind, state and times.
v1::Record ToProto(const RecordView& view);
// What callers may say: no output-only field.
v1::Record StatementsOf(const Record& record);

// What the caller says; output-only fields are passed over. Metadata `field` is the path from
// `record`. Errors: kFieldMissing (kind), kFieldInvalid. Limits are checked by the domain.
Result<Record> FromProto(const v1::Record& proto);

}  // namespace homeward
