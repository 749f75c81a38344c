// Whether a record says what a record may say.
#pragma once

#include "matcher/error.h"
#include "server/records/date.h"
#include "server/records/record.h"

namespace homeward {

// `record` as it is to be stored by a call of the day `today`: the citizen ID number normalised,
// and an age without a date dated today. Metadata `field` is the path in the request,
// "record.person.sex". Errors: kFieldInvalid, kRegionCodeInvalid, kCitizenIdInvalid.
Result<Record> CheckedRecord(Record record, const Date& today);

}  // namespace homeward
